import type { Finding, FindingResource, Status } from '../model/finding.ts';
import type { Policy, SelectedPolicy } from '../model/policy.ts';
import type { Collection, Provenance, Resource, ScopeModel } from '../model/resource.ts';
import { severities } from '../model/severity.ts';
import { isOpen } from '../expressions/open-value.ts';
import { placeUnknowns } from '../resources/place-unknowns.ts';
import { gatherEvidence } from './evidence.ts';
import { findingId } from './identity.ts';
import { createJudge, type Judge } from './judge.ts';
import type { ItemVerdict, Verdict } from './verdict.ts';

export interface EvaluateOptions {
  /** Epoch milliseconds; the only clock there is. */
  readonly now: number;
  /** `failing` keeps fail and unknown; the others are only counted. */
  readonly detail: 'all' | 'failing';
}

export interface Evaluation {
  /** Sorted: severity, policy id, address, item key. */
  readonly findings: readonly Finding[];
  /** Counts by policy id, of the findings left out too. */
  readonly counts: ReadonlyMap<string, { readonly [status in Status]: number }>;
}

type Counts = { [status in Status]: number };

/** Judges every resource of every scope by every selected policy of its type. Pure: same input, same findings. */
export function evaluate(collection: Collection, selected: readonly SelectedPolicy[], options: EvaluateOptions): Evaluation {
  const findings: Finding[] = [];
  const counts = new Map<string, Counts>();
  const byType = new Map<string, { readonly policy: Policy; readonly judge: Judge; readonly counts: Counts }[]>();
  for (const { policy, params } of selected) {
    const own: Counts = { pass: 0, fail: 0, unknown: 0, waived: 0, not_applicable: 0 };
    counts.set(policy.id, own);
    const judge = createJudge(policy, params, options.now);
    for (const type of policy.resources) byType.set(type, [...(byType.get(type) ?? []), { policy, judge, counts: own }]);
  }
  for (const scope of collection.scopes) {
    for (const resource of scope.resources) {
      const judges = byType.get(resource.type);
      if (!judges) continue;
      const attributes = placeUnknowns(resource.attributes);
      const placed = { ...resource, attributes };
      for (const { policy, judge, counts: own } of judges) {
        for (const finding of findingsOf(policy, judge, placed, scope, collection.provenance)) {
          own[finding.status] += 1;
          if (options.detail === 'all' || finding.status === 'fail' || finding.status === 'unknown') findings.push(finding.make());
        }
      }
    }
  }
  return { findings: findings.sort(compareFindings), counts };
}

/** A finding whose parts are only made when it is kept. */
interface Draft {
  readonly status: Status;
  readonly make: () => Finding;
}

function findingsOf(policy: Policy, judge: Judge, resource: Resource, scope: ScopeModel, provenance: Provenance): readonly Draft[] {
  const judgement = judge(resource.attributes, scope.scope.source);
  const draft = (verdict: Verdict, item?: { readonly variable: string; readonly verdict: ItemVerdict }): Draft => ({
    status: verdict.status,
    make: () => makeFinding(policy, verdict, resource, scope, provenance, item),
  });
  if (judgement.kind === 'whole') return [draft(judgement.verdict)];
  const { items, variable } = judgement;
  const open = items.filter(({ verdict }) => verdict.status === 'fail' || verdict.status === 'unknown');
  const rest = items.filter(({ verdict }) => verdict.status === 'pass' || verdict.status === 'not_applicable');
  const folded = rest.find(({ verdict }) => verdict.status === 'pass') ?? rest[0];
  return [...open.map((verdict) => draft(verdict.verdict, { variable, verdict })), ...(folded ? [draft(folded.verdict)] : [])];
}

function makeFinding(
  policy: Policy,
  verdict: Verdict,
  resource: Resource,
  scope: ScopeModel,
  provenance: Provenance,
  item: { readonly variable: string; readonly verdict: ItemVerdict } | undefined,
): Finding {
  const itemKey = item?.verdict.key;
  const base = {
    id: findingId(policy.id, scope.scope, resource, itemKey),
    policyId: policy.id,
    severity: policy.severity,
    resource: describeResource(resource),
    ...(itemKey === undefined ? {} : { itemKey }),
  };
  switch (verdict.status) {
    case 'pass':
      return { ...base, status: 'pass' };
    case 'not_applicable':
      return { ...base, status: 'not_applicable', reason: verdict.reason };
    case 'fail': {
      const messages = [...new Set(verdict.violated.map((violation) => violation.message))];
      const chains = verdict.violated.flatMap((violation) => violation.assertion.evidence);
      const location = locate(resource, verdict.violated[0].assertion.locate, item);
      const evidence = gatherEvidence(chains, resource.type, resource.attributes, item, provenance);
      return { ...base, status: 'fail', message: messages.join('; '), ...(location ? { location } : {}), evidence };
    }
    case 'unknown': {
      const chains = verdict.asserts.flatMap((assertion) => assertion.evidence);
      const [first] = verdict.unknown;
      const more = verdict.unknown.length > 1 ? ` (and ${verdict.unknown.length - 1} more)` : '';
      const message = `not verified: ${first.path === '' ? '' : `${first.path}: `}${first.detail}${more}`;
      const location = locate(resource, first.path === '' ? undefined : `resource.${first.path}`, item);
      const evidence = gatherEvidence(chains, resource.type, resource.attributes, item, provenance);
      return { ...base, status: 'unknown', message, ...(location ? { location } : {}), unknown: verdict.unknown, evidence };
    }
    default:
      return verdict satisfies never;
  }
}

function locate(resource: Resource, chain: string | undefined, item: { readonly variable: string; readonly verdict: ItemVerdict } | undefined): ReturnType<NonNullable<Resource['locate']>> {
  if (!resource.locate) return undefined;
  const [root, ...fields] = (chain ?? 'resource').split('.');
  const prefix = item && root === item.variable ? item.verdict.path : undefined;
  return resource.locate([...(prefix === undefined ? [] : [prefix]), ...fields].join('.'));
}

function describeResource({ type, address, name, account, region, attributes }: Resource): FindingResource {
  const tags = attributes['tags'];
  const known = typeof tags === 'object' && tags !== null && !isOpen(tags) ? Object.entries(tags).filter(([, value]) => typeof value === 'string') : [];
  return {
    type,
    address,
    name,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(known.length === 0 ? {} : { tags: Object.fromEntries(known) as { [key: string]: string } }),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function compareFindings(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    order(a.policyId, b.policyId) ||
    order(a.resource.address, b.resource.address) ||
    order(a.itemKey ?? '', b.itemKey ?? '')
  );
}
