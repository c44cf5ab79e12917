import { Option, type Command } from 'commander';
import { severities } from '../../model/severity.ts';
import type { Io } from '../io.ts';
import { addConfigOptions, addPolicyOptions, collect, regionOption } from '../options.ts';
import type { AwsKitFlags } from './aws/choices.ts';
import { nextSteps, templateNames } from './aws/next-steps.ts';
import type { InitKit, MadeKit } from './kit.ts';

/** The scheduled job in an AWS account: a CloudFormation template with the permissions that the selected policies need, and no more. */
export const awsKit: InitKit = {
  name: 'aws',
  summary: 'a CloudFormation template that runs scans on a schedule, with the least permissions',
  addOptions,
  make: (flags, io) => makeAwsKit(flags as unknown as AwsKitFlags, io),
};

function addOptions(command: Command): Command {
  addPolicyOptions(command);
  addConfigOptions(command);
  return command
    .addOption(new Option('--schedule <expression>', 'rate(...) or cron(...), in UTC').default('rate(1 day)'))
    .addOption(regionOption())
    .addOption(
      new Option('--member-account <id>', 'another account to read, by a role there; repeats').argParser(collect).default([], 'none'),
    )
    .option('--member-role <name>', 'name of the role in the other accounts', 'sealcheck-audit')
    .option('--external-id <id>', 'with --member-account: what the roles there ask for')
    .option('--inspect-values', 'as for scan: adds ssm:GetParameters')
    .option('--all-keys', 'as for scan: adds kms:ListKeys')
    .addOption(new Option('--fail-on <severity>', 'as for scan').choices([...severities, 'none']))
    .addOption(new Option('--fail-on-unknown <severity>', 'as for scan').choices([...severities, 'never']))
    .option('--notify-sns', 'tell the topic of the stack what changed, after each run')
    .addOption(
      new Option('--scan-arg <word>', 'a further word for the scan, such as --scan-arg=--group=account; repeats')
        .argParser(collect)
        .default([], 'none'),
    );
}

async function makeAwsKit(flags: AwsKitFlags, io: Io): Promise<MadeKit> {
  const [{ readChoices }, { scheduledTemplate }, { memberTemplate }] = await Promise.all([
    import('./aws/choices.ts'),
    import('./aws/scheduled-template.ts'),
    import('./aws/member-template.ts'),
  ]);
  const choices = await readChoices(flags, io);
  const members = flags.memberAccount.length > 0;
  return {
    files: [
      { path: templateNames.scheduled, text: scheduledTemplate(choices) },
      ...(members ? [{ path: templateNames.member, text: memberTemplate(choices) }] : []),
    ],
    next: nextSteps(choices),
  };
}
