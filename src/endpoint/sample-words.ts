import { fakeUuid } from './fake-id.ts';

/** The account of the sample's web shop, and of its partner. */
export const sampleAccountId = '123456789012';
export const samplePartnerAccountId = '999988887777';

const day = 86_400_000;

/** So many days before `now` (epoch milliseconds); after it when negative. */
export function agoDays(now: number, days: number): number {
  return Math.round(now - days * day);
}

/** Where the sample account has resources. */
export type SampleRegion = 'us-east-1' | 'eu-west-1';

/** The id of the sample key with this alias. */
export function sampleKeyId(region: SampleRegion, alias: string): string {
  return fakeUuid(`${region} ${alias}`);
}

/** Its ARN. */
export function sampleKeyArn(region: SampleRegion, alias: string): string {
  return `arn:aws:kms:${region}:${sampleAccountId}:key/${sampleKeyId(region, alias)}`;
}

/** ARN of a secret, or a pattern for several. */
export function sampleSecretArn(region: SampleRegion, pattern: string): string {
  return `arn:aws:secretsmanager:${region}:${sampleAccountId}:secret:${pattern}`;
}

/** ARN of a parameter by its path with the leading slash, or a pattern for several. */
export function sampleParameterArn(region: SampleRegion, path: string): string {
  return `arn:aws:ssm:${region}:${sampleAccountId}:parameter${path}`;
}
