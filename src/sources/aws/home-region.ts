import { UserError } from '../../model/errors.ts';
import { openSts } from './open-sts.ts';
import type { AwsOptions } from './options.ts';
import type { Tuning } from './tuning.ts';

/**
 * Where to ask who we are, in order: the SDK's default region, else those that were asked for.
 *
 * Throws UserError `region-unknown` when there is none.
 */
export async function homeRegions(options: AwsOptions, tuning: Tuning): Promise<readonly [string, ...string[]]> {
  const { sts, close } = await openSts(options, tuning);
  try {
    return [await sts.region()];
  } catch {
    const [first, ...others] = options.regions === 'all' ? ['us-east-1'] : (options.regions ?? []);
    if (first !== undefined) return [first, ...others, lastingRegion(first)];
    throw new UserError('region-unknown', 'no AWS region is set', {
      hint: 'name one with --region, or set AWS_REGION, or a region in the profile',
    });
  } finally {
    close();
  }
}

/** The region of a partition that is always enabled. */
function lastingRegion(region: string): string {
  const [, special] = /^(cn|us-gov|us-iso[a-z]?|eusc|eu-isoe)-/.exec(region) ?? [];
  switch (special) {
    case undefined:
      return 'us-east-1';
    case 'cn':
      return 'cn-north-1';
    case 'us-gov':
      return 'us-gov-west-1';
    case 'eusc':
      return 'eusc-de-east-1';
    case 'eu-isoe':
      return 'eu-isoe-west-1';
    default:
      return `${special}-east-1`;
  }
}
