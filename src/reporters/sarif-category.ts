import type { Finding } from '../model/finding.ts';
import type { ScanResult, ScopeResult } from '../model/scan-result.ts';
import type { SarifOptions } from './reporter.ts';
import { uriPathOfName } from './sarif-uri.ts';

/**
 * What GitHub compares from upload to upload: one account (all its regions), or one root of infrastructure code. A result
 * that is missing from a category counts as fixed, so a category is written whole or not at all.
 */
export interface SarifCategory {
  /** `automationDetails.id`: stable, no time in it, ends with a slash, as GitHub takes everything before the last one. */
  readonly id: string;
  /** What people call it: `account 123456789012`, `terraform root infra`. */
  readonly label: string;
  readonly live: boolean;
  readonly scopes: readonly ScopeResult[];
  readonly findings: readonly Finding[];
  /** Why it must not be written; undefined if it may. */
  readonly leftOut?: string;
}

/**
 * The categories of a result, sorted by id. `unknowns` says whether unknown findings are written: what is carried on from an earlier run is
 * unknown, so a category that rests on it is whole only with them.
 */
export function sarifCategories(result: ScanResult, unknowns: SarifOptions['unknown'] = 'all'): readonly SarifCategory[] {
  const scopesById = new Map<string, ScopeResult[]>();
  const categoryOf = new Map<string, string>();
  for (const scope of result.scopes) {
    const id = categoryId(scope);
    categoryOf.set(scope.id, id);
    const into = scopesById.get(id);
    if (into) into.push(scope);
    else scopesById.set(id, [scope]);
  }
  const placed = new Map<string, Finding[]>();
  for (const finding of result.findings) {
    const id = categoryOf.get(finding.scope);
    if (id === undefined) throw new Error(`finding ${finding.id} is of the scope ${finding.scope}, which the result does not describe`);
    const into = placed.get(id);
    if (into) into.push(finding);
    else placed.set(id, [finding]);
  }
  return [...scopesById.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, scopes]) => {
      const [first] = scopes;
      const live = first?.source === 'aws';
      const label = live ? `account ${first.account ?? first.id}` : `${first?.source ?? ''} root ${first?.root ?? '.'}`;
      const leftOut = whyLeftOut(result, scopes, unknowns);
      return { id, label, live, scopes, findings: placed.get(id) ?? [], ...(leftOut === undefined ? {} : { leftOut }) };
    });
}

function categoryId({ source, account, id, root = '' }: ScopeResult): string {
  if (source === 'aws') return `sealcheck/live/${uriPathOfName(account ?? id)}/`;
  return root === '' || root === '.' ? `sealcheck/${source}/` : `sealcheck/${source}/${uriPathOfName(root)}/`;
}

function whyLeftOut(result: ScanResult, scopes: readonly ScopeResult[], unknowns: SarifOptions['unknown']): string | undefined {
  if (result.run.outcome === 'interrupted') return 'the run was interrupted';
  // What was open when it was last read as a whole, and since, is among the findings: nothing seems to be fixed.
  const lacking = scopes.filter(({ carriedFrom }) => carriedFrom === undefined || unknowns === 'none');
  const gap = lacking.flatMap((scope) =>
    scope.gaps.map(({ action, reason }) => `${action} failed (${reason}) in ${scope.region ?? scope.id}`),
  )[0];
  if (gap !== undefined) return gap;
  const broken = lacking.find(({ status }) => status !== 'complete');
  return broken && `${broken.region ?? broken.id} could not be read`;
}
