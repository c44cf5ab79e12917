import type { Finding } from '../../model/finding.ts';
import type { SourceLocation } from '../../model/location.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { Gap, Scope, ScopeModel } from '../../model/resource.ts';
import type { WaiversResult, WaiverState, WaiverUsage, WaiverUse } from '../../model/scan-result.ts';
import type { Waiver } from '../../model/waiver.ts';
import { coversGap, coversStatus, speaksByLiveTags, speaksOf, type Coverable } from './covers.ts';
import { starMatches } from './star-pattern.ts';
import { waiverNotes } from './waiver-notes.ts';
import { holds, noteOf, waiverState } from './waiver-state.ts';

export interface Waived {
  /** As many as before, in the same order. */
  readonly findings: readonly Finding[];
  readonly scopes: readonly ScopeModel[];
  readonly result: WaiversResult;
  /** What has expired, will soon, or is of no use any more. */
  readonly notes: readonly string[];
}

interface Use {
  readonly waiver: Waiver;
  readonly state: WaiverState;
  findings: number;
  gaps: number;
  /** Whether it speaks of a finding that fails or is unknown, even one that it does not cover. */
  open: boolean;
  /** Whether it would speak of one if tags of live resources counted. */
  byLiveTags: boolean;
}

/**
 * Marks what waivers cover: a finding becomes `waived` and keeps its message and evidence, a gap names the waiver. Nothing is
 * added, moved or taken away. Of several waivers the first that holds today covers; where none holds any more, the finding stays what it is
 * and names the first that has expired. Pure: `now` (epoch milliseconds) is the only clock.
 */
export function applyWaivers(
  findings: readonly Finding[],
  scopes: readonly ScopeModel[],
  waivers: readonly Waiver[],
  selected: readonly SelectedPolicy[],
  now: number,
): Waived {
  const uses = waivers.map((waiver): Use => ({
    waiver,
    state: waiverState(waiver, now),
    findings: 0,
    gaps: 0,
    open: false,
    byLiveTags: false,
  }));
  const ids = new Map(selected.map(({ policy }) => [policy.id, [policy.id, ...policy.aliases]]));
  const candidates = byPolicy(uses, ids);
  const models = new Map(scopes.map((model) => [model.scope.id, model]));
  const blockOf = blockFinder();
  let waivedFindings = 0;
  let waivedGaps = 0;

  const marked = findings.map((finding): Finding => {
    if (finding.status !== 'fail' && finding.status !== 'unknown') return finding;
    const possible = candidates.get(finding.policyId) ?? [];
    const model = models.get(finding.scope);
    if (possible.length === 0 || model === undefined) return finding;
    const one: Coverable = { finding, scope: model.scope, block: () => blockOf(model, finding) };
    const names = ids.get(finding.policyId) ?? [finding.policyId];
    const speaking = possible.filter(({ waiver }) => speaksOf(waiver, one, names));
    const covering = speaking.filter(({ waiver }) => coversStatus(waiver, finding.status));
    for (const use of speaking) use.open = true;
    for (const use of possible) use.byLiveTags ||= speaksByLiveTags(use.waiver, one, names);
    for (const use of covering) use.findings += 1;
    const first = covering.find(({ state }) => holds(state));
    if (first !== undefined) {
      waivedFindings += 1;
      return waive(finding, first.waiver);
    }
    const expired = covering.find(({ state }) => state === 'expired');
    return expired === undefined ? finding : { ...finding, expiredWaiver: noteOf(expired.waiver) };
  });

  const gapUses = uses.filter(({ waiver }) => waiver.target.kind === 'gap');
  const markGap = (gap: Gap, model: ScopeModel): Gap => {
    const covering = gapUses.filter(({ waiver }) => coversGap(waiver, gap, model.scope));
    for (const use of covering) use.gaps += 1;
    const first = covering.find(({ state }) => holds(state));
    if (first === undefined) return gap;
    waivedGaps += 1;
    return { ...gap, waiver: noteOf(first.waiver) };
  };
  const markedScopes = scopes.map((model): ScopeModel => ({ ...model, gaps: model.gaps.map((gap) => markGap(gap, model)) }));

  const judged = judgedBy(scopes, ids);
  const result: WaiversResult = {
    findings: waivedFindings,
    gaps: waivedGaps,
    waivers: uses.map((use) =>
      describe(use, use.findings + use.gaps > 0 ? 'used' : !use.open && !use.byLiveTags && judged(use.waiver) ? 'unused' : 'not-judged'),
    ),
  };
  return {
    findings: marked,
    scopes: markedScopes,
    result,
    notes: [...waiverNotes(result), ...uses.filter(({ byLiveTags }) => byLiveTags).map(({ waiver }) => liveTagsNote(waiver))],
  };
}

function liveTagsNote({ id }: Waiver): string {
  return `waiver ${id} matches live resources by their tags, which counts only with liveTags: true at the top of its file; what it matches is not waived`;
}

/** What a baseline said of it does not count for what is accepted. */
function waive(finding: Coverable['finding'], waiver: Waiver): Finding {
  const { state: _state, dueAt: _dueAt, ...rest } = finding;
  return { ...rest, status: 'waived', waiver: noteOf(waiver) };
}

/** The waivers that name a policy of the run, by its id, so that not every finding asks every waiver. */
function byPolicy(uses: readonly Use[], ids: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly Use[]> {
  return new Map(
    [...ids].map(([id, names]) => [
      id,
      uses.filter(({ waiver: { target } }) => target.kind !== 'gap' && target.policies.some((one) => one === '*' || names.includes(one))),
    ]),
  );
}

/** Where the block of the resource of a finding begins. Looked up only where a waiver stands beside code. */
function blockFinder(): (model: ScopeModel, finding: Finding) => SourceLocation | undefined {
  const byScope = new Map<string, ReadonlyMap<string, () => SourceLocation | undefined>>();
  const key = (type: string, address: string): string => JSON.stringify([type, address]);
  return (model, { resource }) => {
    if (model.scope.source === 'aws') return undefined;
    let blocks = byScope.get(model.scope.id);
    if (blocks === undefined) {
      blocks = new Map(model.resources.map(({ type, address, locate }) => [key(type, address), () => locate?.('')]));
      byScope.set(model.scope.id, blocks);
    }
    return blocks.get(key(resource.type, resource.address))?.();
  };
}

/** Whether the run looked at all that a waiver speaks of: where it did not, that nothing was found proves nothing. */
function judgedBy(scopes: readonly ScopeModel[], ids: ReadonlyMap<string, readonly string[]>): (waiver: Waiver) => boolean {
  const names = new Set([...ids.values()].flat());
  return (waiver) => {
    const { target } = waiver;
    if (target.kind !== 'gap' && !target.policies.some((id) => id === '*' || names.has(id))) return false;
    const reached = scopes.filter(({ scope }) => reaches(waiver, scope));
    return reached.length > 0 && (target.kind === 'gap' || reached.every(({ status, whole }) => status === 'complete' && whole !== false));
  };
}

/** Whether what a waiver speaks of may be in a scope. */
function reaches({ target }: Waiver, scope: Scope): boolean {
  const live = scope.source === 'aws';
  switch (target.kind) {
    case 'gap':
      return starMatches(target.scope, scope.id);
    case 'code':
      return target.match.kind === 'block' ? target.match.scope === scope.id : !live;
    case 'resources': {
      const { address, account } = target.match;
      if (address !== undefined && !address.startsWith('*') && address.startsWith('arn:') !== live) return false;
      return account === undefined || scope.account === undefined || scope.account === account;
    }
    default:
      return target satisfies never;
  }
}

function describe({ waiver, state, findings, gaps }: Use, use: WaiverUsage): WaiverUse {
  const { target, place } = waiver;
  return {
    ...noteOf(waiver),
    policies: target.kind === 'gap' ? [] : target.policies,
    file: place.file,
    line: place.line,
    state,
    use,
    findings,
    gaps,
  };
}
