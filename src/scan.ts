import { addCounts, describePolicy, describeScope, differenceOf, noCounts, summarise } from './describe-result.ts';
import { changedOnly } from './engine/changed-only.ts';
import { compareWith, type Comparison } from './engine/compare/compare-with.ts';
import type { Baseline } from './engine/compare/compare-runs.ts';
import type { DueDays } from './engine/compare/due.ts';
import { baselineOf, keepRun } from './engine/compare/keep-run.ts';
import { stampTimes } from './engine/compare/stamp.ts';
import { evaluate } from './engine/evaluate.ts';
import { sha256 } from './engine/identity.ts';
import { hasBoth, joinSources } from './engine/join.ts';
import { decideOutcome, type Thresholds } from './engine/outcome.ts';
import { applyWaivers } from './engine/waivers/apply-waivers.ts';
import type { Finding, Status } from './model/finding.ts';
import type { SelectedPolicy } from './model/policy.ts';
import type { Collection, Needs } from './model/resource.ts';
import type { RunState } from './model/run-state.ts';
import type { Run, ScanResult } from './model/scan-result.ts';
import type { Waiver } from './model/waiver.ts';
import { findResourceType, resourceTypes } from './resources/index.ts';
import { encodeCollection } from './sources/snapshot/encode-collection.ts';

export interface ScanOptions extends Thresholds {
  /** The clock of the evaluation, epoch milliseconds. */
  readonly now: number;
  readonly detail: 'all' | 'failing';
  readonly toolVersion: string;
  /** Leave out what a plan does not change; what no plan speaks of is judged. */
  readonly changedOnly?: boolean;
  /** Compare with an earlier result. */
  readonly baseline?: Baseline;
  /** Accepted risks, in the order in which they are tried. */
  readonly waivers?: readonly Waiver[];
  /** Set where flags chose among the policies: how many there are. */
  readonly chosenOf?: number;
  /** Facts about the run that people should know beside those that the sources tell. */
  readonly notes?: readonly string[];
  /**
   * With a fixed clock the result says nothing of the time of the run, so that the same input gives the same bytes.
   * Otherwise: a random id, when the run began (epoch milliseconds), and how long it took (milliseconds).
   */
  readonly clock:
    { readonly kind: 'fixed' } | { readonly kind: 'wall'; readonly runId: string; readonly startedAt: number; readonly durationMs: number };
}

/** Which attributes the selected policies read, so that a source reads those and no others. */
export function needsOf(selected: readonly SelectedPolicy[]): Needs {
  const needs = new Map<string, Set<string>>();
  for (const { policy, overrides = [] } of selected) {
    if (!policy.sources.includes('aws')) continue;
    for (const [type, paths] of Object.entries(policy.reads)) {
      const matched = overrides.some(({ match }) => match.tags !== undefined) && hasTags(type) ? ['tags'] : [];
      needs.set(type, new Set([...(needs.get(type) ?? []), ...paths, ...matched]));
    }
  }
  return needs;
}

function hasTags(type: string): boolean {
  return Object.hasOwn(findResourceType(type)?.shape.fields ?? {}, 'tags');
}

/** All attributes of all types: what a saved account holds. */
export function allNeeds(): Needs {
  return new Map(resourceTypes.map((type) => [type.name, new Set(Object.keys(type.shape.fields))]));
}

/** Judges what a source read: the one place where collection, policies and thresholds become a result. */
export function scan(read: Collection, selected: readonly SelectedPolicy[], options: ScanOptions): ScanResult {
  return judge(read, selected, options, undefined).result;
}

export interface KeepOptions {
  /** The run that was kept last; undefined: this one is the first. */
  readonly previous: RunState | undefined;
  readonly dueDays: DueDays;
}

/** As `scan`, compared with what a state remembers, for it to be kept: `result` of what comes back is the result of the scan. */
export function scanAndKeep(
  read: Collection,
  selected: readonly SelectedPolicy[],
  options: Omit<ScanOptions, 'baseline'>,
  keep: KeepOptions,
): RunState {
  const { previous } = keep;
  const baseline = previous === undefined ? undefined : baselineOf(previous);
  const { result, comparison } = judge(read, selected, { ...options, ...(baseline === undefined ? {} : { baseline }) }, keep);
  return keepRun(result, { fixed: comparison?.fixed ?? [], notAsked: comparison?.notAsked ?? [] }, previous);
}

interface Judged {
  readonly result: ScanResult;
  readonly comparison: Comparison | undefined;
}

function judge(read: Collection, selected: readonly SelectedPolicy[], options: ScanOptions, keep: KeepOptions | undefined): Judged {
  const { collection, unchanged } = options.changedOnly === true ? changedOnly(read) : { collection: read, unchanged: 0 };
  const evaluated = evaluate(collection, selected, { now: options.now, detail: hasBoth(collection) ? 'all' : options.detail });
  const joined = joinSources(evaluated.findings, collection, selected);
  const kept = joined ? joined.findings.filter(({ status }) => options.detail === 'all' || isOpen(status)) : evaluated.findings;
  const comparison = options.baseline && compareWith(kept, options.baseline, collection, selected);
  const marked = comparison?.findings ?? (keep === undefined ? kept : kept.map(firstOfAll));
  const { waivers = [] } = options;
  const compared = { scopes: comparison?.scopes ?? collection.scopes, findings: marked };
  // After all that compares: against what is true, not against what was accepted.
  const waived = waivers.length === 0 ? undefined : applyWaivers(compared.findings, compared.scopes, waivers, selected, options.now);
  const settled = comparison === undefined ? (waived ?? compared).findings : (waived ?? compared).findings.map(comparison.settle);
  const findings =
    keep === undefined
      ? settled
      : stampTimes(settled, comparison?.before ?? new Map(), options.baseline, { now: options.now, dueDays: keep.dueDays });
  const { scopes } = waived ?? compared;
  const decision = decideOutcome(findings, scopes, collection.interrupted === true, options);
  const run: Run = {
    id: options.clock.kind === 'wall' ? options.clock.runId : inputId(read, selected, options),
    tool: { name: 'sealcheck', version: options.toolVersion },
    asOf: new Date(options.now).toISOString(),
    ...(options.clock.kind === 'wall'
      ? { startedAt: new Date(options.clock.startedAt).toISOString(), durationMs: options.clock.durationMs }
      : {}),
    failOn: options.failOn,
    failOnUnknown: options.failOnUnknown,
    detail: options.detail,
    ...decision,
    notes: [
      ...collection.notes,
      ...(unchanged === 0 ? [] : [unchangedNote(unchanged)]),
      ...(comparison?.notes ?? []),
      ...(waived?.notes ?? []),
      ...(options.notes ?? []),
    ],
    ...(options.chosenOf === undefined ? {} : { selection: { policies: selected.length, of: options.chosenOf } }),
    ...(comparison ? { baseline: { ...comparison.result, ...countStates(findings) } } : {}),
    ...(keep && collection.interrupted !== true ? { state: { sequence: (keep.previous?.sequence ?? 0) + 1 } } : {}),
    ...(joined ? { plan: joined.plan } : {}),
    ...(waived ? { waivers: waived.result } : {}),
  };
  const moved = differenceOf(kept, findings);
  const policies = selected.map((one) =>
    describePolicy(one, addCounts(evaluated.counts.get(one.policy.id) ?? noCounts, moved.get(one.policy.id) ?? noCounts)),
  );
  const result: ScanResult = {
    schemaVersion: 1,
    run,
    scopes: scopes.map((model) => describeScope(model, comparison?.carriedFrom(model))),
    summary: summarise(collection.scopes, policies),
    policies,
    findings,
  };
  return { result, comparison };
}

/** In the first run of a state everything is new. */
function firstOfAll(finding: Finding): Finding {
  return isOpen(finding.status) ? { ...finding, state: 'new' } : finding;
}

/** What is accepted is neither new nor persisting. */
function countStates(findings: readonly Finding[]): Pick<NonNullable<Run['baseline']>, 'new' | 'persisting' | 'reopened' | 'unverified'> {
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  return { new: count('new'), persisting: count('persisting'), reopened: count('reopened'), unverified: count('unverified') };
}

function isOpen(status: Status): boolean {
  return status === 'fail' || status === 'unknown';
}

function unchangedNote(count: number): string {
  return `${count} ${count === 1 ? 'resource' : 'resources'} that the plan does not change ${count === 1 ? 'was' : 'were'} not judged (--changed-only)`;
}

function inputId(collection: Collection, selected: readonly SelectedPolicy[], options: ScanOptions): string {
  const policies = selected.map(({ policy, ...settings }) => ({ ...policy, ...settings, origin: undefined }));
  const { now, detail, toolVersion, failOn, failOnUnknown, changedOnly, newOnly, baseline, waivers = [] } = options;
  const gate = [changedOnly ?? false, newOnly ?? false, baseline?.run.id ?? null, ...(waivers.length === 0 ? [] : [waivers])];
  return sha256(JSON.stringify([toolVersion, now, detail, failOn, failOnUnknown, ...gate, policies, encodeCollection(collection)])).slice(
    0,
    32,
  );
}
