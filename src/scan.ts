import { compareWithBaseline, type Baseline } from './engine/baseline.ts';
import { changedOnly } from './engine/changed-only.ts';
import { evaluate } from './engine/evaluate.ts';
import { sha256 } from './engine/identity.ts';
import { hasBoth, joinSources } from './engine/join.ts';
import { decideOutcome, type Thresholds } from './engine/outcome.ts';
import { applyWaivers } from './engine/waivers/apply-waivers.ts';
import type { Finding, Status } from './model/finding.ts';
import type { SelectedPolicy } from './model/policy.ts';
import type { Collection, Needs, ScopeModel } from './model/resource.ts';
import type { PolicyResult, Run, ScanResult, ScopeResult, StatusCounts, Summary } from './model/scan-result.ts';
import { severities, type Severity } from './model/severity.ts';
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
  const { collection, unchanged } = options.changedOnly === true ? changedOnly(read) : { collection: read, unchanged: 0 };
  const evaluated = evaluate(collection, selected, { now: options.now, detail: hasBoth(collection) ? 'all' : options.detail });
  const joined = joinSources(evaluated.findings, collection, selected);
  const kept = joined ? joined.findings.filter(({ status }) => options.detail === 'all' || isOpen(status)) : evaluated.findings;
  const compared = options.baseline && compareWithBaseline(kept, options.baseline, collection, selected);
  const { waivers = [] } = options;
  // After all that compares: against what is true, not against what was accepted.
  const waived =
    waivers.length === 0 ? undefined : applyWaivers(compared?.findings ?? kept, collection.scopes, waivers, selected, options.now);
  const findings = waived?.findings ?? compared?.findings ?? kept;
  const scopes = waived?.scopes ?? collection.scopes;
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
      ...(compared?.notes ?? []),
      ...(waived?.notes ?? []),
      ...(options.notes ?? []),
    ],
    ...(options.chosenOf === undefined ? {} : { selection: { policies: selected.length, of: options.chosenOf } }),
    ...(compared ? { baseline: { ...compared.result, ...countStates(findings) } } : {}),
    ...(joined ? { plan: joined.plan } : {}),
    ...(waived ? { waivers: waived.result } : {}),
  };
  const moved = waived ? waivedCounts(kept, findings) : new Map<string, StatusCounts>();
  const policies = selected.map((one) =>
    describePolicy(one, addCounts(evaluated.counts.get(one.policy.id) ?? none, moved.get(one.policy.id) ?? none)),
  );
  return {
    schemaVersion: 1,
    run,
    scopes: scopes.map(describeScope),
    summary: summarise(collection, policies),
    policies,
    findings,
  };
}

/** What is accepted is neither new nor persisting. */
function countStates(findings: readonly Finding[]): { readonly new: number; readonly persisting: number } {
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  return { new: count('new'), persisting: count('persisting') };
}

/** By how much waivers change the counts of each policy. Both lists are of the same findings in the same order. */
function waivedCounts(before: readonly Finding[], after: readonly Finding[]): ReadonlyMap<string, StatusCounts> {
  const changes = new Map<string, { [status in Status]: number }>();
  after.forEach(({ policyId, status }, index) => {
    const was = before[index]?.status;
    if (status !== 'waived' || was === undefined || was === status) return;
    const change = changes.get(policyId) ?? { ...none };
    changes.set(policyId, change);
    change[was] -= 1;
    change.waived += 1;
  });
  return changes;
}

function addCounts(a: StatusCounts, b: StatusCounts): StatusCounts {
  return {
    pass: a.pass + b.pass,
    fail: a.fail + b.fail,
    unknown: a.unknown + b.unknown,
    waived: a.waived + b.waived,
    not_applicable: a.not_applicable + b.not_applicable,
  };
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

function describeScope({ scope, status, whole, resources, gaps }: ScopeModel): ScopeResult {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const byType = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...scope, status, ...(whole === false ? { whole } : {}), resources: byType, gaps };
}

const none: StatusCounts = { pass: 0, fail: 0, unknown: 0, waived: 0, not_applicable: 0 };

function describePolicy({ policy, params, off, overrides }: SelectedPolicy, counts: StatusCounts): PolicyResult {
  const { id, aliases, title, severity, description, resources, sources, tags, controls, equivalents, deprecated, remediation } = policy;
  return {
    ...{ id, aliases, title, severity, description, resources, sources, tags, controls, equivalents },
    ...(deprecated === undefined ? {} : { deprecated }),
    params,
    ...(off === undefined ? {} : { off }),
    ...(overrides === undefined ? {} : { overrides }),
    remediation,
    counts,
  };
}

function summarise(collection: Collection, policies: readonly PolicyResult[]): Summary {
  const total: { [status in Status]: number } = { ...none };
  const bySeverity = Object.fromEntries(severities.map((severity) => [severity, { fail: 0, unknown: 0 }])) as {
    [severity in Severity]: { fail: number; unknown: number };
  };
  for (const { counts, severity } of policies) {
    for (const status of Object.keys(counts) as Status[]) total[status] += counts[status];
    bySeverity[severity].fail += counts.fail;
    bySeverity[severity].unknown += counts.unknown;
  }
  return { resources: collection.scopes.reduce((sum, scope) => sum + scope.resources.length, 0), findings: total, bySeverity };
}
