import { randomUUID } from 'node:crypto';
import { UserError } from '../../model/errors.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { Chosen } from '../choose-policies.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { Settings } from '../config/settings.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { KeptRuns } from '../kept-runs.ts';
import { checkSplit, chosenOptions } from '../report-options.ts';
import { toolVersion } from '../version.ts';
import { judgeAndKeep } from './judge-and-keep.ts';
import { readScanned } from './read-scanned.ts';
import type { RunFlags, ScanFlags } from './scan-flags.ts';

/** Runs a scan from its flags to its exit code. Throws UserError. */
export async function runScan(given: readonly string[], flags: ScanFlags, io: Io): Promise<number> {
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
  const { failOn, failOnUnknown, outputs, waivers, stateDir, retain, dueDays } = settings;
  return {
    ...flags,
    ...{ format: outputs.value, failOn: failOn.value, retain: retain.value, dueDays: dueDays.value },
    ...(stateDir.value === undefined ? {} : { stateDir: stateDir.value }),
    ...(failOnUnknown.value === undefined ? {} : { failOnUnknown: failOnUnknown.value }),
    ...(waivers.value === undefined ? {} : { waivers: waivers.value }),
  };
}

async function runWith(paths: readonly string[], flags: RunFlags, config: LoadedConfig | undefined, io: Io): Promise<number> {
  checkFlags(paths, flags);
  const prepared = await prepare(flags, config, io);
  const { stateDir, retain } = flags;
  if (stateDir === undefined) return await perform(paths, flags, prepared, undefined, io);
  const runs = await (await import('../kept-runs.ts')).openRuns({ stateDir, retain }, flags.profile, io);
  try {
    return await perform(paths, flags, prepared, runs, io);
  } finally {
    runs.close();
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** All that may be wrong with what was asked, before anything is read or made. Throws UserError. */
async function prepare(flags: RunFlags, config: LoadedConfig | undefined, io: Io) {
  const [{ chooseConfigured }, { planOutputs }, { readHistoryRedaction, readRedaction }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../outputs.ts'),
    import('../read-redaction.ts'),
  ]);
  const plans = planOutputs(flags.format);
  checkSplit(plans, flags);
  const options = chosenOptions(flags, io);
  const [redact, redactHistory] = [readRedaction(flags, io), readHistoryRedaction(flags, io)];
  const baseline = flags.baseline === undefined ? undefined : (await import('../read-baseline.ts')).readBaseline(flags.baseline);
  const chosen = await chooseConfigured(flags, config, io.stderr);
  const { findWaiverFiles, readWaivers } = await import('../read-waivers.ts');
  const waiverContext = { maxDays: flags.waiverMaxDays, selected: chosen.selected, stderr: io.stderr };
  const waivers = flags.waivers === false ? [] : await readWaivers(flags.waivers ?? findWaiverFiles(), waiverContext);
  const asOf = flags.asOf === undefined ? undefined : (await import('../parse-as-of.ts')).parseAsOf(flags.asOf);
  return { plans, options, redact, redactHistory, baseline, chosen, waiverContext, waivers, asOf };
}

async function perform(
  paths: readonly string[],
  flags: RunFlags,
  { plans, options, redact, redactHistory, baseline, chosen, waiverContext, waivers, asOf }: Prepared,
  runs: KeptRuns | undefined,
  io: Io,
): Promise<number> {
  const { selected } = chosen;
  const startedAt = io.now();
  const clockMark = performance.now();
  await checkTime(runs, asOf);
  const input = await readScanned(paths, flags, selected, asOf, startedAt, io);
  const { scopes } = input.collection;
  if (flags.changedOnly === true && !scopes.some(({ scope }) => scope.source === 'terraform')) {
    throw new UserError('usage', '--changed-only goes with a plan: nothing else says what changes');
  }

  // A saved account is judged as of when it was read, so its verdicts do not change from day to day.
  const fixed = asOf ?? input.collectedAt;
  await checkTime(runs, fixed);
  const collection = { ...input.collection, notes: [...input.collection.notes, ...(await switchedOffNote(chosen))] };
  const { readWrittenWaivers } = await import('../read-waivers.ts');
  const besideCode = flags.waivers === false ? [] : await readWrittenWaivers(input.collection, fixed ?? startedAt, waiverContext);
  const judged = await judgeAndKeep(runs, flags, collection, selected, {
    now: fixed ?? startedAt,
    detail: flags.detail ?? (scopes.some(({ scope }) => scope.source === 'aws') ? 'all' : 'failing'),
    failOn: flags.failOn,
    failOnUnknown: flags.failOnUnknown ?? (flags.failOn === 'none' ? 'never' : flags.failOn),
    newOnly: flags.failOnNew === true,
    changedOnly: flags.changedOnly === true,
    ...(baseline === undefined ? {} : { baseline }),
    waivers: [...waivers, ...besideCode],
    notes: flags.waivers === false ? ['waivers were left out (--no-waivers)'] : [],
    toolVersion,
    ...(isNarrowed(flags) ? { chosenOf: chosen.policies.length } : {}),
    clock:
      fixed === undefined
        ? { kind: 'wall', runId: randomUUID(), startedAt, durationMs: Math.round(performance.now() - clockMark) }
        : { kind: 'fixed' },
  });
  const result = redact(judged.result);
  const history = judged.history === undefined ? {} : { history: redactHistory(judged.history) };
  (await import('../outputs.ts')).writeOutputs(result, plans, { ...history, ...options }, io);
  if (judged.error !== undefined) throw judged.error;
  return finish(
    result,
    flags,
    plans.some((plan) => plan.path === undefined && plan.reporter.name === 'text'),
    io,
  );
}

async function checkTime(runs: KeptRuns | undefined, asOf: number | undefined): Promise<void> {
  if (runs !== undefined && asOf !== undefined) (await import('../kept-runs.ts')).checkOrder(runs.previous, asOf);
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
  if (flags.failOnNew === true && flags.baseline === undefined && flags.stateDir === undefined) {
    throw new UserError('usage', '--fail-on-new goes with --baseline or --state-dir: what is new is told by comparing');
  }
  if (flags.baseline !== undefined && flags.stateDir !== undefined) {
    throw new UserError('usage', '--baseline and --state-dir each say what to compare with: give one of them');
  }
  if (flags.account !== undefined && !/^\d{12}$/.test(flags.account)) {
    throw new UserError('usage', `--account ${flags.account} is not the id of an account`, { hint: 'it has twelve digits' });
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
