import { InvalidArgumentError, Option } from 'commander';
import { severities } from '../../model/severity.ts';
import { addAwsOptions, addCodeOptions, addConfigOptions, addPolicyOptions, addPrintConfigOption, collect } from '../options.ts';
import { addReportOptions } from '../report-options.ts';
import type { ScanFlags } from '../scan/scan-flags.ts';
import type { Command } from './command.ts';

const examples = `
Examples:
  $ terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json && sealcheck scan plan.json
  $ sealcheck scan plan.json --changed-only --baseline main.json --fail-on-new -f sarif=sealcheck.sarif
  $ sealcheck scan template.yaml --parameters prod.json        CloudFormation and SAM
  $ sealcheck scan plan.json --waivers accepted.yaml           risks that somebody answers for, until a day
  $ sealcheck scan cdk.out                                     every stack of a CDK app
  $ sealcheck scan plan.json account.json                      what the plan mends of a saved account
  $ sealcheck scan --aws --region us-east-1,eu-west-1
  $ sealcheck scan --aws --role-arn arn:aws:iam::123456789012:role/audit -f json=reports/findings.json
  $ sealcheck scan --aws --region all --group account --max-findings 20
  $ sealcheck scan --aws --state-dir s3://acme-audit/sealcheck -f html=report.html      every day: what is new, fixed, overdue
  $ sealcheck scan --aws -f sarif=public.sarif --redact account,name --redact-key-file redact.key
  $ sealcheck scan account.json --as-of 2026-01-31 --policy secretsmanager-rotation-interval --param secretsmanager-rotation-interval.maxDays=30`;

export const scanCommand: Command = {
  name: 'scan',
  register: (program, action) => {
    const command = program
      .command('scan')
      .description('judge a live account, a Terraform plan, a CloudFormation template, a CDK app, or a saved account')
      .argument('[paths...]', 'plans (terraform show -json), templates, cdk.out folders, saved accounts; - for standard input');
    addAwsOptions(command);
    addPolicyOptions(command);
    addCodeOptions(command);
    addConfigOptions(command);
    addReportOptions(command);
    command
      .addOption(
        new Option('--fail-on <severity>', 'exit 1 for failures of this severity or worse')
          .choices([...severities, 'none'])
          .default(undefined, 'low'),
      )
      .addOption(
        new Option('--fail-on-unknown <severity>', 'exit 3 for unknowns of this severity or worse')
          .choices([...severities, 'never'])
          .default(undefined, 'as --fail-on'),
      )
      .option('--exit-zero', 'exit 0 instead of 1 and 3')
      .option('--as-of <time>', 'judge as if it were then; makes a re-run byte-identical')
      .addOption(
        new Option('--detail <level>', 'which findings to write out; the others are counted')
          .choices(['all', 'failing'])
          .default(undefined, 'all for accounts, failing for code'),
      )
      .option('--changed-only', 'judge only what the plan changes')
      .option('--baseline <path>', 'findings.json of an earlier run, to tell what is new and what is fixed')
      .addOption(
        new Option('--waivers <file>', 'accepted risks; repeats')
          .argParser(collect)
          .default(undefined, 'sealcheck.waivers.yaml or waivers.yaml, upward to the top of the git checkout'),
      )
      .option('--no-waivers', 'show everything that is waived as what it is')
      .addOption(new Option('--waiver-max-days <days>', 'longest accepted waiver').argParser(parseDays).default(365, '365'))
      .option('--fail-on-new', 'with --baseline or --state-dir: exit 1 and 3 only for what is new or came back')
      .option('--state-dir <place>', 'keep each run in a folder or s3://BUCKET/PREFIX, and compare it with the one before')
      .addOption(new Option('--retain <days>', 'with --state-dir: days that a run is kept').argParser(parseDays).default(undefined, '90'));
    addPrintConfigOption(command, 'scan nothing')
      .option('-q, --quiet', 'no progress')
      .addHelpText('after', examples)
      .action(async (paths: readonly string[], flags: ScanFlags) => {
        await action(async (io) => await (await import('../scan/run-scan.ts')).runScan(paths, flags, io));
      });
  },
};

function parseDays(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('write a number of days, such as 180');
  return Number(value);
}
