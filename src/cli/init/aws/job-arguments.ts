import { UserError } from '../../../model/errors.ts';
import type { AwsKitChoices } from './choices.ts';
import { literal } from './yaml-text.ts';

/** Where in the bucket runs are kept. The permissions of the job end there. */
export const statePrefix = 'state';

/** What can be at most in the environment of a function: 4 KB, and some of it is left for names. */
const mostCharacters = 3_900;

/** Words of the scan, flag by flag; `${Name}` is put in by Fn::Sub. Throws UserError where they don't fit into the environment of a function. */
export function scanArguments(choices: AwsKitChoices): readonly (readonly string[])[] {
  const { flags, configFile, waiversFile } = choices;
  const groups = [
    ['scan', '--aws'],
    configFile === undefined ? ['--no-config'] : ['--config', literal(configFile)],
    ...(waiversFile === undefined ? [] : [['--waivers', literal(waiversFile)]]),
    ...(flags.region === undefined ? [] : [['--region', literal(flags.region.join(','))]]),
    ...policyArguments(choices),
    ...flags.memberAccount.map((account) => ['--role-arn', memberRoleArn(account, flags.memberRole)]),
    ...(flags.externalId === undefined ? [] : [['--external-id', literal(flags.externalId)], ['--with-caller']]),
    ...(flags.inspectValues === true ? [['--inspect-values']] : []),
    ...(flags.allKeys === true ? [['--all-keys']] : []),
    ...(flags.failOn === undefined ? [] : [['--fail-on', literal(flags.failOn)]]),
    ...(flags.failOnUnknown === undefined ? [] : [['--fail-on-unknown', literal(flags.failOnUnknown)]]),
    ['--state-dir', `s3://\${StateBucket}/${statePrefix}`],
    ['--retain', '${RetentionDays}'],
    // The log gets the worst of it; all of it is in the bucket.
    ['-f', 'text', '--max-findings', '20'],
    ...flags.scanArg.map((word) => [literal(word)]),
  ];
  if (JSON.stringify(groups).length > mostCharacters) {
    throw new UserError('usage', 'the arguments of the job do not fit into the environment of a function (4 KB)', {
      hint: 'name the accounts with their roles in sealcheck.config.yaml, which goes into the zip',
    });
  }
  return groups;
}

/** Words of `sealcheck notify`, which runs after the scan. */
export function notifyArguments(): readonly (readonly string[])[] {
  return [
    ['notify', '--state-dir', `s3://\${StateBucket}/${statePrefix}`],
    ['--sns-topic', '${Topic}'],
    ['--heartbeat', '7'],
  ];
}

/** The ARN of the role in another account; the partition is that of the stack. */
export function memberRoleArn(account: string, role: string): string {
  return `arn:\${AWS::Partition}:iam::${account}:role/${role}`;
}

function policyArguments({ flags }: AwsKitChoices): readonly (readonly string[])[] {
  const each = (flag: string, values: readonly string[]) => values.map((value) => [flag, literal(value)]);
  return [
    ...(flags.builtin ? [] : [['--no-builtin']]),
    ...each('--policies', flags.policies),
    ...each('--policy', flags.policy),
    ...each('--tag', flags.tag),
    ...(flags.severity === undefined ? [] : [['--severity', flags.severity]]),
    ...each('--param', flags.param),
  ];
}
