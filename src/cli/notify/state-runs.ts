import { gunzipSync } from 'node:zlib';
import { UserError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { DeltaFinding, RunDelta } from '../../model/run-delta.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { Compared, KeptRun } from '../../notify/find-changes.ts';
import type { RecordStore } from '../../notify/records.ts';
import { openStore } from '../../state/open-store.ts';
import type { StateStore } from '../../state/state-store.ts';
import type { Io } from '../io.ts';

/** A state as `notify` needs it. The one place that knows how runs are kept and compared. */
export interface StateRuns {
  readonly label: string;
  readonly newest: () => Promise<KeptRun | undefined>;
  /** Undefined: it is no longer kept. */
  readonly runAt: (sequence: number) => Promise<KeptRun | undefined>;
  readonly records: RecordStore;
  readonly close: () => void;
}

export async function openStateRuns(location: string, io: Io): Promise<StateRuns> {
  const store = await openStore(location, io);
  return {
    label: store.label,
    newest: async () => {
      const last = (await listRuns(store)).at(-1);
      return last === undefined ? undefined : await readRun(store, last);
    },
    runAt: async (sequence) => await readRun(store, sequence),
    records: store,
    close: store.close,
  };
}

/** What is different between two runs, and what is open in the second. */
export function compareKept(before: KeptRun | undefined, after: KeptRun): Pick<Compared, 'delta' | 'open' | 'unverified'> {
  const { findings, policies } = after.result;
  const titles = new Map(policies.map(({ id, title }) => [id, title]));
  const open = findings.filter(isOpen);
  return {
    delta: compareResults(before?.result, after.result),
    open: open.map((finding) => deltaFinding(finding, titles)),
    unverified: open.filter((finding) => (finding.state as string | undefined) === 'unverified').length,
  };
}

// Until src/state/run-files.ts and src/engine/compare/compare-results.ts are there: the reading and comparing below go then.

async function listRuns(store: StateStore): Promise<readonly number[]> {
  const keys = await store.list('runs/');
  return keys.flatMap((key) => Number(/^runs\/(\d{8,})\.json\.gz$/.exec(key)?.[1] ?? Number.NaN) || []).sort((a, b) => a - b);
}

async function readRun(store: StateStore, sequence: number): Promise<KeptRun | undefined> {
  const key = `runs/${String(sequence).padStart(8, '0')}.json.gz`;
  const bytes = await store.read(key);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(gunzipSync(bytes).toString('utf8')) as KeptRun;
  } catch (error) {
    throw new UserError('state-failed', `${store.label}${key} is not a run as sealcheck kept it`, { cause: error });
  }
}

function compareResults(before: ScanResult | undefined, after: ScanResult): RunDelta {
  const old = new Map((before?.findings ?? []).filter(isOpen).map((finding) => [finding.id, finding]));
  const now = new Map(after.findings.map((finding) => [finding.id, finding]));
  const titles = new Map([...(before?.policies ?? []), ...after.policies].map(({ id, title }) => [id, title]));
  const list = (findings: readonly Finding[]): readonly DeltaFinding[] => findings.map((one) => deltaFinding(one, titles));
  const open = after.findings.filter(isOpen);
  const note = ({ run }: ScanResult) => ({ runId: run.id, asOf: run.asOf });
  const gapKeys = (result: ScanResult | undefined) =>
    new Set(result?.scopes.flatMap(({ id, gaps }) => gaps.filter(({ waiver }) => !waiver).map(({ action }) => `${id} ${action}`)));
  const gapsBefore = gapKeys(before);
  return {
    ...(before === undefined ? {} : { before: note(before) }),
    after: {
      ...note(after),
      findings: after.summary.findings,
      bySeverity: after.summary.bySeverity,
      outcome: after.run.outcome,
      exitReason: after.run.exitReason,
    },
    new: list(open.filter(({ id }) => !old.has(id))),
    reopened: [],
    unverified: list(open.filter(({ id, status }) => status === 'unknown' && old.get(id)?.status === 'fail')),
    fixed: list([...old.values()].filter(({ id }) => now.get(id)?.status === 'pass')).map((one) => ({ ...one, status: 'pass' as const })),
    waived: [],
    persisting: open.filter(({ id }) => old.has(id)).length,
    notJudged: 0,
    newGaps: after.scopes.flatMap(({ id: scope, gaps }) =>
      gaps
        .filter(({ action, waiver }) => !waiver && !gapsBefore.has(`${scope} ${action}`))
        .map(({ action, reason }) => ({ scope, action, reason })),
    ),
  };
}

function isOpen({ status }: Finding): boolean {
  return status === 'fail' || status === 'unknown';
}

function deltaFinding(finding: Finding, titles: ReadonlyMap<string, string>): DeltaFinding {
  const { id, policyId, severity, status, scope, resource, itemKey } = finding;
  // A state keeps these with the findings.
  const { firstSeen, dueAt } = finding as Pick<DeltaFinding, 'firstSeen' | 'dueAt'>;
  const { type, address, name, account, region } = resource;
  return {
    ...{ id, policyId, title: titles.get(policyId) ?? policyId, severity, scope, type, address, name },
    status: status === 'not_applicable' ? 'pass' : status,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(itemKey === undefined ? {} : { itemKey }),
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}
