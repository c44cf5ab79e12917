import { compareWithBaseline, type Baseline } from './engine/baseline.ts';
import { changedOnly } from './engine/changed-only.ts';
import { evaluate } from './engine/evaluate.ts';
import { sha256 } from './engine/identity.ts';
import { hasBoth, joinSources } from './engine/join.ts';
import { decideOutcome, type Thresholds } from './engine/outcome.ts';
import type { Status } from './model/finding.ts';
import type { SelectedPolicy } from './model/policy.ts';
import type { Collection, Needs, ScopeModel } from './model/resource.ts';
import type { PolicyResult, Run, ScanResult, ScopeResult, StatusCounts, Summary } from './model/scan-result.ts';
import { severities, type Severity } from './model/severity.ts';
import { resourceTypes } from './resources/index.ts';
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
  for (const { policy } of selected) {
    if (!policy.sources.includes('aws')) continue;
    for (const [type, paths] of Object.entries(policy.reads)) {
      needs.set(type, new Set([...(needs.get(type) ?? []), ...paths]));
    }
  }
  return needs;
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
  const findings = compared ? compared.findings : kept;
  const decision = decideOutcome(findings, collection.scopes, collection.interrupted === true, options);
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
    notes: [...collection.notes, ...(unchanged === 0 ? [] : [unchangedNote(unchanged)]), ...(compared?.notes ?? [])],
    ...(compared ? { baseline: compared.result } : {}),
    ...(joined ? { plan: joined.plan } : {}),
  };
  const policies = selected.map(({ policy, params }) => describePolicy({ policy, params }, evaluated.counts.get(policy.id)));
  return {
    schemaVersion: 1,
    run,
    scopes: collection.scopes.map(describeScope),
    summary: summarise(collection, policies),
    policies,
    findings,
  };
}

function isOpen(status: Status): boolean {
  return status === 'fail' || status === 'unknown';
}

function unchangedNote(count: number): string {
  return `${count} ${count === 1 ? 'resource' : 'resources'} that the plan does not change ${count === 1 ? 'was' : 'were'} not judged (--changed-only)`;
}

function inputId(collection: Collection, selected: readonly SelectedPolicy[], options: ScanOptions): string {
  const policies = selected.map(({ policy, params }) => ({ ...policy, params, origin: undefined }));
  const { now, detail, toolVersion, failOn, failOnUnknown, changedOnly, newOnly, baseline } = options;
  const gate = [changedOnly ?? false, newOnly ?? false, baseline?.run.id ?? null];
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

function describePolicy({ policy, params }: SelectedPolicy, counts: { readonly [status in Status]: number } | undefined): PolicyResult {
  const { id, aliases, title, severity, description, resources, sources, tags, controls, equivalents, deprecated, remediation } = policy;
  return {
    ...{ id, aliases, title, severity, description, resources, sources, tags, controls, equivalents },
    ...(deprecated === undefined ? {} : { deprecated }),
    params,
    remediation,
    counts: counts ?? none,
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
