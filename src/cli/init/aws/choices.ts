import { isAbsolute } from 'node:path';
import { UserError } from '../../../model/errors.ts';
import type { SelectedPolicy } from '../../../model/policy.ts';
import type { Severity } from '../../../model/severity.ts';
import type { PolicyDocument } from '../../../sources/aws/least-privilege-policy.ts';
import type { Io } from '../../io.ts';
import type { ConfigOptions, PolicyOptions } from '../../options.ts';
import { parseSchedule, type RunSchedule } from './schedule.ts';

/** Flags of `sealcheck init aws`, as commander gives them. */
export interface AwsKitFlags extends PolicyOptions, ConfigOptions {
  readonly schedule: string;
  readonly region?: readonly string[];
  readonly memberAccount: readonly string[];
  readonly memberRole: string;
  /** There exactly where member accounts are. */
  readonly externalId?: string;
  readonly inspectValues?: boolean;
  readonly allKeys?: boolean;
  readonly failOn?: Severity | 'none';
  readonly failOnUnknown?: Severity | 'never';
  readonly notifySns?: boolean;
  readonly scanArg: readonly string[];
}

/** What the templates are made of. */
export interface AwsKitChoices {
  readonly flags: AwsKitFlags;
  readonly schedule: RunSchedule;
  /** What a role needs that reads an account. */
  readonly permissions: PolicyDocument;
  /** Whether the account of the job is read too, not only those of the roles. */
  readonly readsOwnAccount: boolean;
  /** Roles that the configuration names. Empty where `--member-account` says them. */
  readonly configuredRoles: readonly string[];
  /** As seen from here, and from the top of the zip. Absent: the job runs without. */
  readonly configFile?: string;
  readonly waiversFile?: string;
  /** Files and folders that the job reads, as seen from here: they go into the zip under the same paths. */
  readonly packed: readonly string[];
}

/** Reads flags and configuration, and derives permissions as `sealcheck permissions` does. Throws UserError. */
export async function readChoices(flags: AwsKitFlags, io: Io): Promise<AwsKitChoices> {
  const schedule = parseSchedule(flags.schedule);
  checkMembers(flags);
  const [{ chooseConfigured }, { configure, policyFlags }, { findWaiverFiles }] = await Promise.all([
    import('../../choose-policies.ts'),
    import('../../config/configure.ts'),
    import('../../read-waivers.ts'),
  ]);
  // What the variables of this shell say is not there in the job.
  const { settings, config } = await configure(flags, { SEALCHECK_CONFIG: io.env['SEALCHECK_CONFIG'] });
  const { selected } = await chooseConfigured(policyFlags(flags, settings), config, io.stderr);
  const found = config?.raw.waivers === undefined ? findWaiverFiles()[0] : undefined;
  const members = flags.memberAccount.length > 0;
  const configuredRoles = members ? [] : settings.roles.value.map(({ arn }) => arn);
  return {
    ...{ flags, schedule, configuredRoles },
    permissions: await permissionsOf(selected, flags),
    readsOwnAccount: members || configuredRoles.length === 0 || settings.withCaller.value,
    ...(config === undefined ? {} : { configFile: config.shown }),
    ...(found === undefined ? {} : { waiversFile: found }),
    packed: [
      ...(config === undefined ? [] : [config.shown]),
      ...settings.policyPaths.value,
      ...(config?.raw.waivers === undefined ? [] : [config.fromHere(config.raw.waivers)]),
      ...(found === undefined ? [] : [found]),
    ].map(checkPackable),
  };
}

async function permissionsOf(selected: readonly SelectedPolicy[], flags: AwsKitFlags): Promise<PolicyDocument> {
  const [{ needsOf }, { leastPrivilegePolicy }, { requiredActions }] = await Promise.all([
    import('../../../scan.ts'),
    import('../../../sources/aws/least-privilege-policy.ts'),
    import('../../../sources/aws/required-actions.ts'),
  ]);
  const options = { inspectValues: flags.inspectValues === true, allKeys: flags.allKeys === true };
  return leastPrivilegePolicy(requiredActions(needsOf(selected), options));
}

function checkMembers({ memberAccount, memberRole, externalId }: AwsKitFlags): void {
  if (memberAccount.length > 0 !== (externalId !== undefined)) {
    throw new UserError('usage', '--member-account and --external-id go together', {
      hint: 'choose any text of your own; it is no secret, and a role in another account should ask for one',
    });
  }
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,128}$/.test(externalId)) {
    throw new UserError('usage', `--external-id ${externalId} cannot be one`, { hint: '2 to 128 letters, digits and any of _+=,.@:/-' });
  }
  for (const account of memberAccount) {
    if (!/^\d{12}$/.test(account)) {
      throw new UserError('usage', `--member-account ${account} is not the id of an account`, { hint: 'it has twelve digits' });
    }
  }
  if (new Set(memberAccount).size < memberAccount.length) throw new UserError('usage', '--member-account names one account twice');
  if (!/^[\w+=,.@-]{1,64}$/.test(memberRole)) {
    throw new UserError('usage', `--member-role ${memberRole} is not the name of a role`, { hint: 'the name alone, no ARN and no path' });
  }
}

/** In the zip a path means the same as here, so it must lead down from here. */
function checkPackable(path: string): string {
  if (!isAbsolute(path) && !path.split(/[\\/]/).includes('..')) return path;
  throw new UserError('usage', `${path} cannot go into the zip that the job runs`, {
    hint: 'call this in a folder with the configuration, policies and waivers in it or below it, and name them by relative paths',
  });
}
