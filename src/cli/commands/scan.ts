import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { UserError } from '../../model/errors.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { severities, type Severity } from '../../model/severity.ts';
import type { Io } from '../io.ts';
import { addAwsOptions, addPolicyOptions, collect, type AwsFlags, type PolicyOptions } from '../options.ts';
import { toolVersion } from '../version.ts';
import { exitCode } from '../exit-code.ts';
import type { ScanInput } from '../read-saved-accounts.ts';
import type { Command } from './command.ts';

interface ScanFlags extends AwsFlags, PolicyOptions {
  readonly format: readonly string[];
  readonly failOn: Severity | 'none';
  readonly failOnUnknown?: Severity | 'never';
  readonly exitZero?: boolean;
  readonly asOf?: string;
  readonly detail?: 'all' | 'failing';
  readonly sarifUnknown: 'all' | 'none';
  readonly sarifWaived: 'omit' | 'include';
  readonly quiet?: boolean;
}

const examples = `
Examples:
  $ sealcheck scan --aws --region us-east-1,eu-west-1
  $ sealcheck scan --aws --role-arn arn:aws:iam::123456789012:role/audit -f json=reports/findings.json
  $ sealcheck scan account.json --as-of 2026-01-31 --policy secretsmanager-rotation-interval --param secretsmanager-rotation-interval.maxDays=30`;

export const scanCommand: Command = {
  name: 'scan',
  register: (program, action) => {
    const command = program
      .command('scan')
      .description('judge a live account, or one that was saved')
      .argument('[paths...]', 'saved accounts, - for standard input');
    addAwsOptions(command);
    addPolicyOptions(command);
    command
      .addOption(
        new Option('-f, --format <name[=path]>', 'report to make: text, json or sarif, to standard output or a file; repeats')
          .argParser(collect)
          .default([], 'text'),
      )
      .addOption(
        new Option('--fail-on <severity>', 'exit 1 for failures of this severity or worse').choices([...severities, 'none']).default('low'),
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
          .default(undefined, 'all for accounts'),
      )
      .addOption(new Option('--sarif-unknown <which>', 'unknowns in SARIF').choices(['all', 'none']).default('all'))
      .addOption(new Option('--sarif-waived <how>', 'waived findings in SARIF').choices(['omit', 'include']).default('omit'))
      .option('-q, --quiet', 'no progress')
      .addHelpText('after', examples)
      .action(async (paths: readonly string[], flags: ScanFlags) => {
        await action((io) => runScan(paths, flags, io));
      });
  },
};

async function runScan(paths: readonly string[], flags: ScanFlags, io: Io): Promise<number> {
  if (flags.aws !== true && paths.length === 0) {
    throw new UserError('usage', 'nothing to scan', { hint: 'name a saved account, or give --aws for the account of your credentials' });
  }
  if (flags.aws === true && paths.length > 0) throw new UserError('usage', 'give either --aws or saved accounts, not both');
  const [{ choosePolicies }, { planOutputs, writeOutputs }] = await Promise.all([import('../choose-policies.ts'), import('../outputs.ts')]);
  const plans = planOutputs(flags.format);
  const selected = await choosePolicies(flags, io.stderr);
  const startedAt = io.now();
  const clockMark = performance.now();
  const [{ parseAsOf }, { readSavedAccounts }] = await Promise.all([import('../parse-as-of.ts'), import('../read-saved-accounts.ts')]);
  const asOf = flags.asOf === undefined ? undefined : parseAsOf(flags.asOf);
  const input =
    flags.aws === true ? await readLive(flags, selected, asOf ?? startedAt, io) : await readSavedAccounts(paths, selected, asOf, io);

  const { scan } = await import('../../scan.ts');
  // A saved account is judged as of when it was read, so its verdicts do not change from day to day.
  const fixed = asOf ?? input.collectedAt;
  const result = scan(input.collection, selected, {
    now: fixed ?? startedAt,
    detail: flags.detail ?? 'all',
    failOn: flags.failOn,
    failOnUnknown: flags.failOnUnknown ?? (flags.failOn === 'none' ? 'never' : flags.failOn),
    toolVersion,
    clock:
      fixed === undefined
        ? { kind: 'wall', runId: randomUUID(), startedAt, durationMs: Math.round(performance.now() - clockMark) }
        : { kind: 'fixed' },
  });
  writeOutputs(result, plans, { unknown: flags.sarifUnknown, waived: flags.sarifWaived }, io);
  return finish(
    result,
    flags,
    plans.some((plan) => plan.path === undefined && plan.reporter.name === 'text'),
    io,
  );
}

async function readLive(flags: ScanFlags, selected: readonly SelectedPolicy[], now: number, io: Io): Promise<ScanInput> {
  const [{ collectAws }, { needsOf }, { awsOptions }, { createProgress }] = await Promise.all([
    import('../../sources/aws/index.ts'),
    import('../../scan.ts'),
    import('../aws-flags.ts'),
    import('../progress-line.ts'),
  ]);
  const progress = createProgress(io.stderr, flags.quiet === true);
  try {
    const collection = await collectAws(awsOptions(flags), {
      needs: needsOf(selected),
      now,
      signal: io.signal,
      onProgress: progress.onProgress,
    });
    return { collection };
  } finally {
    progress.end();
  }
}

function finish(result: ScanResult, flags: ScanFlags, textShown: boolean, io: Io): number {
  const { exitCode: code, exitReason } = result.run;
  const forgiven = flags.exitZero === true && (code === exitCode.violations || code === exitCode.incomplete);
  if (!textShown) io.stderr.write(`exit ${code}: ${exitReason}\n`);
  if (forgiven) io.stderr.write(`exit 0 instead of ${code}, because of --exit-zero\n`);
  if (result.summary.resources === 0 && code === exitCode.compliant) {
    io.stderr.write('warning: there was no resource to judge\n');
  }
  return forgiven ? exitCode.compliant : code;
}
