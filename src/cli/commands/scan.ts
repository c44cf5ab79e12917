import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../model/errors.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { severities, type Severity } from '../../model/severity.ts';
import type { Io } from '../io.ts';
import type { Chosen } from '../choose-policies.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { Settings } from '../config/settings.ts';
import {
  addAwsOptions,
  addCodeOptions,
  addConfigOptions,
  addPolicyOptions,
  addPrintConfigOption,
  collect,
  type AwsFlags,
  type ConfigOptions,
  type PolicyOptions,
} from '../options.ts';
import { toolVersion } from '../version.ts';
import { exitCode } from '../exit-code.ts';
import type { InputFlags } from '../inputs/input.ts';
import type { ScanInput } from '../inputs/read-inputs.ts';
import { addReportOptions, checkSplit, chosenOptions, type ReportFlags } from '../report-options.ts';
import type { Command } from './command.ts';

interface ScanFlags extends AwsFlags, PolicyOptions, ConfigOptions, ReportFlags, Omit<InputFlags, 'region'> {
  readonly failOn?: Severity | 'none';
  readonly failOnUnknown?: Severity | 'never';
  readonly exitZero?: boolean;
  readonly asOf?: string;
  readonly detail?: 'all' | 'failing';
  readonly quiet?: boolean;
  readonly changedOnly?: boolean;
  readonly baseline?: string;
  /** False: `--no-waivers`. */
  readonly waivers?: readonly string[] | false;
  readonly waiverMaxDays: number;
  readonly failOnNew?: boolean;
  readonly printConfig?: boolean;
}

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
      .option('--fail-on-new', 'with --baseline: exit 1 and 3 only for what is new');
    addPrintConfigOption(command, 'scan nothing')
      .option('-q, --quiet', 'no progress')
      .addHelpText('after', examples)
      .action(async (paths: readonly string[], flags: ScanFlags) => {
        await action((io) => runScan(paths, flags, io));
      });
  },
};

function parseDays(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('write a number of days, such as 180');
  return Number(value);
}

async function runScan(given: readonly string[], flags: ScanFlags, io: Io): Promise<number> {
  const { checkNamedFiles, configure, liveFlags, policyFlags } = await import('../config/configure.ts');
  const { settings, config } = await configure(flags, io.env, given);
  const run = applySettings(settings, policyFlags(liveFlags(flags, settings), settings));
  if (flags.printConfig === true) {
    const [{ chooseConfigured }, { printConfig }] = await Promise.all([
      import('../choose-policies.ts'),
      import('../config/print-config.ts'),
    ]);
    const chosen = await chooseConfigured(run, config, io.stderr);
    io.stdout.write(printConfig({ settings, config }, { sources: 'all', policies: { chosen, flags }, outcome: true }));
    return exitCode.compliant;
  }
  await checkNamedFiles({ settings, config }, ['paths', 'waivers']);
  return await runWith(settings.paths.value, run, config, io);
}

/** The flags as if the outcome too had been said by them. */
function applySettings(settings: Settings, flags: ScanFlags): RunFlags {
  const { failOn, failOnUnknown, outputs, waivers } = settings;
  return {
    ...flags,
    ...{ format: outputs.value, failOn: failOn.value },
    ...(failOnUnknown.value === undefined ? {} : { failOnUnknown: failOnUnknown.value }),
    ...(waivers.value === undefined ? {} : { waivers: waivers.value }),
  };
}

type RunFlags = ScanFlags & Required<Pick<ScanFlags, 'failOn'>>;

async function runWith(paths: readonly string[], flags: RunFlags, config: LoadedConfig | undefined, io: Io): Promise<number> {
  checkFlags(paths, flags);
  const [{ chooseConfigured }, { planOutputs, writeOutputs }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../outputs.ts'),
  ]);
  const plans = planOutputs(flags.format);
  checkSplit(plans, flags);
  const options = chosenOptions(flags, io);
  const redact = (await import('../read-redaction.ts')).readRedaction(flags, io);
  const baseline = flags.baseline === undefined ? undefined : (await import('../read-baseline.ts')).readBaseline(flags.baseline);
  const chosen = await chooseConfigured(flags, config, io.stderr);
  const { selected } = chosen;
  const { findWaiverFiles, readWaivers, readWrittenWaivers } = await import('../read-waivers.ts');
  const waiverContext = { maxDays: flags.waiverMaxDays, selected, stderr: io.stderr };
  const fromFiles = flags.waivers === false ? [] : await readWaivers(flags.waivers ?? findWaiverFiles(), waiverContext);
  const startedAt = io.now();
  const clockMark = performance.now();
  const asOf = flags.asOf === undefined ? undefined : (await import('../parse-as-of.ts')).parseAsOf(flags.asOf);
  const input = await readAll(paths, flags, selected, asOf, startedAt, io);
  const { scopes } = input.collection;
  if (flags.changedOnly === true && !scopes.some(({ scope }) => scope.source === 'terraform')) {
    throw new UserError('usage', '--changed-only goes with a plan: nothing else says what changes');
  }

  const { scan } = await import('../../scan.ts');
  // A saved account is judged as of when it was read, so its verdicts do not change from day to day.
  const fixed = asOf ?? input.collectedAt;
  const collection = { ...input.collection, notes: [...input.collection.notes, ...(await switchedOffNote(chosen))] };
  const besideCode = flags.waivers === false ? [] : await readWrittenWaivers(input.collection, fixed ?? startedAt, waiverContext);
  const judged = scan(collection, selected, {
    now: fixed ?? startedAt,
    detail: flags.detail ?? (scopes.some(({ scope }) => scope.source === 'aws') ? 'all' : 'failing'),
    failOn: flags.failOn,
    failOnUnknown: flags.failOnUnknown ?? (flags.failOn === 'none' ? 'never' : flags.failOn),
    newOnly: flags.failOnNew === true,
    changedOnly: flags.changedOnly === true,
    ...(baseline === undefined ? {} : { baseline }),
    waivers: [...fromFiles, ...besideCode],
    notes: flags.waivers === false ? ['waivers were left out (--no-waivers)'] : [],
    toolVersion,
    ...(isNarrowed(flags) ? { chosenOf: chosen.policies.length } : {}),
    clock:
      fixed === undefined
        ? { kind: 'wall', runId: randomUUID(), startedAt, durationMs: Math.round(performance.now() - clockMark) }
        : { kind: 'fixed' },
  });
  const result = redact(judged);
  writeOutputs(result, plans, options, io);
  return finish(
    result,
    flags,
    plans.some((plan) => plan.path === undefined && plan.reporter.name === 'text'),
    io,
  );
}

/** A choice that may differ from run to run; configuration is the same for all. */
function isNarrowed({ policy, tag, severity }: RunFlags): boolean {
  return policy.length > 0 || tag.length > 0 || severity !== undefined;
}

/** What configuration switches off for all resources has no findings that would show it. */
async function switchedOffNote(chosen: Chosen): Promise<readonly string[]> {
  const off = (await import('../config/policy-origins.ts')).switchedOff(chosen);
  if (off.length === 0) return [];
  return [`switched off by configuration: ${off.map(({ policy, at }) => `${policy.id} (${at})`).join(', ')}`];
}

function checkFlags(paths: readonly string[], flags: ScanFlags): void {
  if (flags.aws !== true && paths.length === 0) {
    throw new UserError('usage', 'nothing to scan', {
      hint: 'name a plan, a template, cdk.out or a saved account, or give --aws for the account of your credentials',
    });
  }
  if (flags.failOnNew === true && flags.baseline === undefined) {
    throw new UserError('usage', '--fail-on-new goes with --baseline: what is new is told by comparing');
  }
  if (flags.account !== undefined && !/^\d{12}$/.test(flags.account)) {
    throw new UserError('usage', `--account ${flags.account} is not the id of an account`, { hint: 'it has twelve digits' });
  }
}

/** The live account and the inputs of the paths, as one. */
async function readAll(
  paths: readonly string[],
  flags: ScanFlags,
  selected: readonly SelectedPolicy[],
  asOf: number | undefined,
  startedAt: number,
  io: Io,
): Promise<ScanInput> {
  if (paths.length === 0) return await readLive(flags, selected, asOf ?? startedAt, io);
  const { readInputs, mergeCollections } = await import('../inputs/read-inputs.ts');
  const input = await readInputs(paths, flags, selected, asOf, io);
  if (flags.aws !== true) return input;
  const live = await readLive(flags, selected, asOf ?? startedAt, io);
  return { ...input, collection: mergeCollections([live.collection, input.collection]) };
}

async function readLive(flags: ScanFlags, selected: readonly SelectedPolicy[], now: number, io: Io): Promise<ScanInput> {
  const [{ collectAws }, { needsOf }, { awsOptions }, { createProgress }] = await Promise.all([
    import('../../sources/aws/index.ts'),
    import('../../scan.ts'),
    import('../aws-flags.ts'),
    import('../progress-line.ts'),
  ]);
  const progress = createProgress(io.stderr, flags.quiet === true || flags.redact !== undefined);
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
