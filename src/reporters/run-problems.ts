import type { Gap } from '../model/resource.ts';
import type { Run, ScanResult, ScopeResult, WaiverUse } from '../model/scan-result.ts';
import { safeText } from './safe-text.ts';
import { pluralTypeName } from './type-name.ts';

/** Something for which verdicts or resources are missing: with it, what does not fail has not passed. */
export type RunProblem =
  | { readonly kind: 'run'; readonly outcome: 'interrupted' | 'failed'; readonly text: string }
  | { readonly kind: 'scope'; readonly scope: ScopeResult; readonly text: string }
  /** Also one that is waived: it is shown, and counts no more. */
  | { readonly kind: 'gap'; readonly scope: ScopeResult; readonly gap: Gap; readonly text: string };

/** The problems of the run as such, then by scope in their order. Each text is one sentence, which may hold hostile text. */
export function runProblems({ run, scopes }: Pick<ScanResult, 'run' | 'scopes'>): readonly RunProblem[] {
  return [...problemsOfRun(run), ...scopes.flatMap(scopeProblems)];
}

export function scopeProblems(scope: ScopeResult): readonly RunProblem[] {
  const failed = scope.status === 'failed';
  if (failed && scope.gaps.length === 0) return [{ kind: 'scope', scope, text: `${scope.id} could not be read` }];
  return scope.gaps.map((gap) => ({ kind: 'gap', scope, gap, text: gapText(gap, scope, failed) }));
}

export function problemsOfRun({ outcome }: Pick<Run, 'outcome'>): readonly RunProblem[] {
  switch (outcome) {
    case 'interrupted':
      return [{ kind: 'run', outcome, text: 'The run was interrupted: what it had not read by then is missing' }];
    case 'failed':
      return [{ kind: 'run', outcome, text: 'The run failed: nothing could be read' }];
    case 'compliant':
    case 'violations':
    case 'incomplete':
      return [];
    default:
      return outcome satisfies never;
  }
}

/** True if somebody has accepted it. */
export function isAccepted(problem: RunProblem): boolean {
  return problem.kind === 'gap' && problem.gap.waiver !== undefined;
}

/** The waivers whose last day is over, in their order. */
export function expiredWaivers({ waivers }: Run): readonly WaiverUse[] {
  return waivers?.waivers.filter(({ state }) => state === 'expired') ?? [];
}

/** For formats that have no place for a waiver that has run out and covers no finding. */
export function expiredWarnings(run: Run): readonly string[] {
  const ids = expiredWaivers(run)
    .filter(({ findings }) => findings === 0)
    .map(({ id }) => id);
  return ids.length === 0 ? [] : [`waivers that have expired and are not shown: ${safeText(ids.join(', '))}`];
}

/** The scopes of which only a part was judged, by a targeted plan or by choice. */
export function partialScopes({ scopes }: ScanResult): readonly ScopeResult[] {
  return scopes.filter(({ whole }) => whole === false);
}

function gapText({ action, reason, types, count }: Gap, { id }: ScopeResult, failed: boolean): string {
  const missing = types.length === 0 ? 'resources' : types.map(pluralTypeName).join(', ');
  const calls = `${count} ${count === 1 ? 'call' : 'calls'} failed`;
  return `${id}${failed ? ' could not be read' : ''}: ${action} ${reason.replaceAll('-', ' ')}: ${missing} may be missing (${calls})`;
}
