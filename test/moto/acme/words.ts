import { fakeUuid } from '../../../src/endpoint/fake-id.ts';

/** The account itself, and the one that it works with. */
export const acmeId = '123456789012';
export const vendorId = '999988887777';

export const home = 'us-east-1';
export const europe = 'eu-west-1';

export type KeyName = 'secrets' | 'params' | 'norotation' | 'disabled' | 'doomed' | 'public' | 'limited' | 'signing';

const day = 86_400_000;

/** So many days before `now` (epoch milliseconds); after it when negative. */
export function ago(now: number, days: number): number {
  return Math.round(now - days * day);
}

/** The id that the description gives to a key; moto chooses its own. */
export function keyId(region: string, name: KeyName): string {
  return fakeUuid(`acme ${region} ${name}`);
}

export function keyArn(region: string, name: KeyName): string {
  return `arn:aws:kms:${region}:${acmeId}:key/${keyId(region, name)}`;
}

/** ARN of secrets at home, by a pattern. */
export function secretArn(pattern: string): string {
  return `arn:aws:secretsmanager:${home}:${acmeId}:secret:${pattern}`;
}

/** ARN of parameters at home, by a pattern with its leading slash. */
export function parameterArn(pattern: string): string {
  return `arn:aws:ssm:${home}:${acmeId}:parameter${pattern}`;
}

export function functionArn(region: string, name = 'rotate-secret'): string {
  return `arn:aws:lambda:${region}:${acmeId}:function:${name}`;
}

/** ARN that stands for a whole account. */
export function rootOf(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
