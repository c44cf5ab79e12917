import type { Finding } from '../../model/finding.ts';
import type { HistoryPoint } from '../../model/history-point.ts';
import type { FixedFinding, RunState } from '../../model/run-state.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { Baseline } from './compare-runs.ts';

const yearMs = 365 * 24 * 60 * 60 * 1000;
/** At one run an hour, six weeks; at one a day, three years. */
const mostHistory = 1000;

/** What the next run is compared with: all that a state remembers. */
export function baselineOf({ result, notJudged, fixed, whole }: RunState): Baseline {
  return {
    run: result.run,
    findings: [...result.findings, ...notJudged],
    scopes: result.scopes,
    fixedIds: new Set(fixed.map(({ id }) => id)),
    whole,
  };
}

/** What a state keeps of a run. `fixed` and `notAsked` are findings of the run before, as it had them. */
export function keepRun(
  result: ScanResult,
  { fixed, notAsked }: { readonly fixed: readonly Finding[]; readonly notAsked: readonly Finding[] },
  previous: RunState | undefined,
): RunState {
  const { run, scopes, findings } = result;
  const wholeNow = scopes.filter(({ status, whole }) => status === 'complete' && whole !== false);
  return {
    stateVersion: 1,
    sequence: run.state?.sequence ?? 1,
    result,
    notJudged: notAsked.map((finding) => ({ ...finding, lastSeen: finding.lastSeen ?? previous?.result.run.asOf ?? run.asOf })),
    fixed: stillFixed(previous?.fixed ?? [], fixed, findings, run.asOf),
    whole: { ...previous?.whole, ...Object.fromEntries(wholeNow.map(({ id }) => [id, run.asOf])) },
    history: [...(previous?.history ?? []), historyPoint(result)].slice(-mostHistory),
  };
}

/** An unknown that was fixed once may still be; what fails is not. */
function stillFixed(
  before: readonly FixedFinding[],
  fixedNow: readonly Finding[],
  findings: readonly Finding[],
  asOf: string,
): readonly FixedFinding[] {
  const failing = new Set(findings.filter(({ status }) => status === 'fail' || status === 'waived').flatMap(idsOf));
  const oldest = Date.parse(asOf) - yearMs;
  const all = new Map([
    ...before.filter(({ fixedAt }) => Date.parse(fixedAt) >= oldest).map((one) => [one.id, one] as const),
    ...fixedNow.map(({ id, firstSeen = asOf }) => [id, { id, firstSeen, fixedAt: asOf }] as const),
  ]);
  return [...all.values()].filter(({ id }) => !failing.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function idsOf({ id, previousIds = [] }: Finding): readonly string[] {
  return [id, ...previousIds];
}

function historyPoint({ run, summary }: ScanResult): HistoryPoint {
  const { baseline } = run;
  return {
    runId: run.id,
    asOf: run.asOf,
    ...(run.state === undefined ? {} : { sequence: run.state.sequence }),
    outcome: run.outcome,
    findings: summary.findings,
    bySeverity: summary.bySeverity,
    ...(baseline === undefined
      ? {}
      : {
          changes: {
            new: baseline.new,
            reopened: baseline.reopened,
            fixed: baseline.fixed.length,
            unverified: baseline.unverified,
          },
        }),
  };
}
