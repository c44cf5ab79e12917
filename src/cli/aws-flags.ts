import { UserError } from '../model/errors.ts';
import type { AwsOptions } from '../sources/aws/options.ts';
import { checkProfile } from './check-profile.ts';
import type { Io } from './io.ts';
import type { AwsFlags } from './options.ts';

/** The options of the live source from the flags. Throws UserError for flags that make no sense together, and for a profile that is not there. */
export function awsOptions(flags: AwsFlags, env: Io['env']): AwsOptions {
  if (flags.externalId !== undefined && flags.roleArn.length === 0) throw new UserError('usage', '--external-id goes with --role-arn');
  if (flags.withCaller === true && flags.roleArn.length === 0) throw new UserError('usage', '--with-caller goes with --role-arn');
  for (const arn of flags.roleArn) {
    if (!/^arn:[a-z-]+:iam::\d{12}:role\/.+$/.test(arn)) {
      throw new UserError('usage', `${arn} is not the ARN of a role`, { hint: 'write it as arn:aws:iam::123456789012:role/NAME' });
    }
  }
  if (flags.profile !== undefined) checkProfile(flags.profile, env);
  const regions = flags.region?.includes('all') ? ('all' as const) : flags.region;
  return {
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(regions === undefined ? {} : { regions }),
    roleArns: flags.roleArn,
    ...(flags.externalId === undefined ? {} : { externalId: flags.externalId }),
    ...(flags.externalIds === undefined ? {} : { externalIds: flags.externalIds }),
    withCaller: flags.withCaller === true,
    inspectValues: flags.inspectValues === true,
    allKeys: flags.allKeys === true,
  };
}
