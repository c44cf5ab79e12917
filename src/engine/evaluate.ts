import type { Evidence, Finding, FindingResource, Status, UnknownFact } from '../model/finding.ts';
import type { SourceLocation } from '../model/location.ts';
import type { Policy, SelectedPolicy } from '../model/policy.ts';
import type { Collection, Provenance, Resource, Scope, ScopeModel, Variants } from '../model/resource.ts';
import type { Unknown } from '../model/unknown.ts';
import { isOpen } from '../expressions/open-value.ts';
import { placeUnknowns } from '../resources/place-unknowns.ts';
import { gatherEvidence } from './evidence.ts';
import { findingId } from './identity.ts';
import { createChooser, type Choice } from './choose-setting.ts';
import type { Judge } from './judge.ts';
import { compareFindings } from './order.ts';
import { isUndecided, settleVariants } from './settle-variants.ts';
import type { ItemVerdict, Judgement, Verdict } from './verdict.ts';

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
  const byType = new Map<
    string,
    { readonly policy: Policy; readonly choose: ReturnType<typeof createChooser>; readonly counts: Counts }[]
  >();
  for (const one of selected) {
    const { policy } = one;
    const own: Counts = { pass: 0, fail: 0, unknown: 0, waived: 0, not_applicable: 0 };
    counts.set(policy.id, own);
    const choose = createChooser(one, options.now);
    for (const type of policy.resources) byType.set(type, [...(byType.get(type) ?? []), { policy, choose, counts: own }]);
  }
  for (const scope of collection.scopes) {
    for (const resource of scope.resources) {
      const policies = byType.get(resource.type);
      if (!policies) continue;
      const placed = placedIn(scope, resource, collection.provenance);
      for (const { policy, choose, counts: own } of policies) {
        const keep = (of: Placed, verdict: Verdict, item?: JudgedItem): void => {
          own[verdict.status] += 1;
          const open = verdict.status === 'fail' || verdict.status === 'unknown';
          if (open || options.detail === 'all') findings.push(makeFinding(policy, verdict, of, item));
        };
        const choice = choose(placed.resource, scope.scope);
        const [judge, ...others] = choice.judges;
        if (others.length > 0) {
          reportChoice(choice, policy, placed, keep);
          continue;
        }
        const judgement = judgeWith(judge, placed);
        if (resource.variants === undefined || !isUndecided(judgement)) report(judgement, placed, keep);
        else reportVariants(judgement, resource.variants, placed, judge, keep);
      }
    }
  }
  return { findings: findings.sort(compareFindings), counts };
}

function placedIn(scope: ScopeModel, resource: Resource, provenance: Provenance): Placed {
  return { resource: { ...resource, attributes: placeUnknowns(resource.attributes) }, scope, provenance };
}

function judgeWith(judge: Judge, { resource, scope }: Placed): Judgement {
  const judgement = judge(resource.attributes, scope.scope.source, resource.name);
  return resource.standIn === undefined ? judgement : withoutOwner(judgement, resource.standIn);
}

/** Where it is not known which override applies: what they all come to stands, for the rest that is what would have to be known. */
function reportChoice({ judges, open, decidedBy }: Choice, policy: Policy, placed: Placed, keep: Keep): void {
  const variants = placed.resource.variants === undefined ? [placed] : variantsOf(placed, placed.resource.variants);
  const cases = judges.flatMap((judge) => variants.map((variant) => ({ variant, judgement: judgeWith(judge, variant) })));
  const judgements = cases.map(({ judgement }) => judgement);
  const decided = placed.resource.variants === undefined ? decidedBy : `${decidedBy} (and ${placed.resource.variants.decidedBy})`;
  for (const { judgement, variant } of settleVariants(undecided(policy, judgements, open, decidedBy), judgements)) {
    const of = variant === undefined ? undefined : cases[variant]?.variant;
    report(judgement, of === undefined ? placed : { ...of, decidedBy: decided }, keep);
  }
}

function undecided(policy: Policy, judgements: readonly Judgement[], open: readonly Unknown[], decidedBy: string): Judgement {
  const facts = [
    ...open.map(({ path, reason, detail, action }): UnknownFact => {
      return { path, reason, detail: `whether ${decidedBy} applies is not known: ${detail}`, ...(action === undefined ? {} : { action }) };
    }),
    ...judgements.flatMap((one) => verdictsOf(one).flatMap((verdict) => (verdict.status === 'unknown' ? verdict.unknown : []))),
  ];
  const [first, ...rest] = [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
  if (first === undefined) throw new Error('a choice between settings waits for something');
  return { kind: 'whole', verdict: { status: 'unknown', unknown: [first, ...rest], asserts: policy.assert } };
}

function verdictsOf(judgement: Judgement): readonly Verdict[] {
  return judgement.kind === 'whole' ? [judgement.verdict] : judgement.items.map(({ verdict }) => verdict);
}

function variantsOf(placed: Placed, { each }: Variants): readonly Placed[] {
  return each.map((variant) => placedIn(placed.scope, { ...placed.resource, ...variant }, placed.provenance));
}

/** Decides by all that the resource can come to what could not be decided by what these agree on. */
function reportVariants(merged: Judgement, { decidedBy, each }: Variants, placed: Placed, judge: Judge, keep: Keep): void {
  const variants = variantsOf(placed, { decidedBy, each });
  const settled = settleVariants(
    merged,
    variants.map((variant) => judgeWith(judge, variant)),
  );
  for (const { judgement, variant } of settled) {
    const of = variant === undefined ? undefined : variants[variant];
    report(judgement, of === undefined ? placed : { ...of, decidedBy }, keep);
  }
}

interface Placed {
  readonly resource: Resource;
  /** Set for what fails however this is decided. */
  readonly decidedBy?: string;
  readonly scope: ScopeModel;
  readonly provenance: Provenance;
}

interface JudgedItem {
  readonly variable: string;
  readonly verdict: ItemVerdict;
}

const ownerElsewhere: Verdict = { status: 'not_applicable', reason: 'judged where the resource itself is declared' };

/**
 * Of a block that stands in for an owner outside the input, what it says is judged. What only its owner could tell is no
 * unknown of this input: the owner is not in it. Nothing here becomes a pass.
 */
function withoutOwner(judgement: Judgement, unseen: string): Judgement {
  const settle = (verdict: Verdict): Verdict =>
    verdict.status === 'unknown' && verdict.unknown.every(({ detail }) => detail === unseen) ? ownerElsewhere : verdict;
  if (judgement.kind === 'whole') return { ...judgement, verdict: settle(judgement.verdict) };
  return { ...judgement, items: judgement.items.map((item) => ({ ...item, verdict: settle(item.verdict) })) };
}

type Keep = (of: Placed, verdict: Verdict, item?: JudgedItem) => void;

/** Items that fail or are unknown are reported one by one, the rest as one verdict of the resource. */
function report(judgement: Judgement, placed: Placed, keep: Keep): void {
  if (judgement.kind === 'whole') {
    keep(placed, judgement.verdict);
    return;
  }
  let folded: Verdict | undefined;
  for (const item of judgement.items) {
    const { verdict } = item;
    if (verdict.status === 'fail' || verdict.status === 'unknown') keep(placed, verdict, { variable: judgement.variable, verdict: item });
    else if (verdict.status === 'pass' || folded === undefined) folded = verdict;
  }
  if (folded) keep(placed, folded);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What every finding has. Written field by field: thousands are made, and spreading objects costs more than judging. */
function makeBase(policy: Policy, { resource, scope }: Placed, itemKey: string | undefined): FindingBase {
  const base: Mutable<FindingBase> = {
    id: findingId(policy.id, scope.scope, resource, itemKey),
    policyId: policy.id,
    severity: policy.severity,
    scope: scope.scope.id,
    resource: describeResource(resource),
  };
  if (resource.previousAddresses !== undefined) base.previousIds = previousIds(policy.id, scope.scope, resource, itemKey);
  if (itemKey !== undefined) base.itemKey = itemKey;
  return base;
}

type FindingBase = Pick<Finding, 'id' | 'policyId' | 'severity' | 'scope' | 'resource' | 'previousIds' | 'itemKey'>;

function makeFinding(policy: Policy, verdict: Verdict, placed: Placed, item: JudgedItem | undefined): Finding {
  const base = makeBase(policy, placed, item?.verdict.key);
  switch (verdict.status) {
    case 'pass':
      return Object.assign(base, { status: 'pass' as const });
    case 'not_applicable':
      return Object.assign(base, { status: 'not_applicable' as const, reason: verdict.reason });
    case 'fail': {
      const [first, ...more] = verdict.violated;
      const said = more.length === 0 ? first.message : [...new Set(verdict.violated.map((violation) => violation.message))].join('; ');
      const message = placed.decidedBy === undefined ? said : `${said} (and fails however ${placed.decidedBy} turns out)`;
      const chains = more.length === 0 ? first.assertion.evidence : verdict.violated.flatMap((violation) => violation.assertion.evidence);
      return Object.assign(base, { status: 'fail' as const, message }, placeOf(placed.resource, first.assertion.locate, item), {
        evidence: evidenceOf(chains, placed, item),
      });
    }
    case 'unknown': {
      const chains =
        verdict.asserts.length === 1 ? (verdict.asserts[0]?.evidence ?? []) : verdict.asserts.flatMap(({ evidence }) => evidence);
      const [first] = verdict.unknown;
      const more = verdict.unknown.length > 1 ? ` (and ${verdict.unknown.length - 1} more)` : '';
      const message = `not verified: ${first.path === '' ? '' : `${first.path}: `}${first.detail}${more}`;
      return Object.assign(
        base,
        { status: 'unknown' as const, message },
        placeOf(placed.resource, first.path === '' ? undefined : `resource.${first.path}`, item),
        { unknown: verdict.unknown, evidence: evidenceOf(chains, placed, item) },
      );
    }
    default:
      return verdict satisfies never;
  }
}

function evidenceOf(chains: readonly string[], { resource, provenance }: Placed, item: JudgedItem | undefined): readonly Evidence[] {
  return gatherEvidence(chains, resource.type, resource.attributes, item, provenance);
}

const nowhere: { readonly location?: SourceLocation } = {};

function placeOf(resource: Resource, chain: string | undefined, item: JudgedItem | undefined): { readonly location?: SourceLocation } {
  if (!resource.locate) return nowhere;
  const location = locate(resource, chain, item);
  return location ? { location } : nowhere;
}

/** What the finding was called while its resource had another address. */
function previousIds(policyId: string, scope: Scope, resource: Resource, itemKey: string | undefined): readonly string[] {
  return (resource.previousAddresses ?? []).map((address) => findingId(policyId, scope, { ...resource, address }, itemKey));
}

function locate(resource: Resource, chain: string | undefined, item: JudgedItem | undefined): ReturnType<NonNullable<Resource['locate']>> {
  if (!resource.locate) return undefined;
  const [root, ...fields] = (chain ?? item?.variable ?? 'resource').split('.');
  const prefix = item && root === item.variable ? item.verdict.path : undefined;
  return resource.locate([...(prefix === undefined ? [] : [prefix]), ...fields].join('.'));
}

/** The same object for all findings of a resource. */
function describeResource(resource: Resource): FindingResource {
  const made = described.get(resource);
  if (made) return made;
  const fresh = makeDescription(resource);
  described.set(resource, fresh);
  return fresh;
}

const described = new WeakMap<Resource, FindingResource>();

function makeDescription({ type, address, name, account, region, attributes, change }: Resource): FindingResource {
  const tags = attributes['tags'];
  const known =
    typeof tags === 'object' && tags !== null && !isOpen(tags) ? Object.entries(tags).filter(([, value]) => typeof value === 'string') : [];
  return {
    type,
    address,
    name,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(known.length === 0 ? {} : { tags: Object.fromEntries<string>(known) }),
    ...(change === undefined ? {} : { change }),
  };
}
