import type { Finding } from '../model/finding.ts';
import type { ScanResult, ScopeResult } from '../model/scan-result.ts';
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

/** The categories of a result, sorted by id. */
export function sarifCategories(result: ScanResult): readonly SarifCategory[] {
  const scopesById = new Map<string, ScopeResult[]>();
  for (const scope of result.scopes) {
    const id = categoryId(scope);
    scopesById.set(id, [...(scopesById.get(id) ?? []), scope]);
  }
  const { placed, unplaced } = placeFindings(result);
  return [...scopesById.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, scopes]) => {
      const [first] = scopes;
      const live = first?.source === 'aws';
      const label = live ? `account ${first.account ?? first.id}` : `${first?.source ?? ''} root ${first?.root ?? '.'}`;
      const leftOut = whyLeftOut(result, scopes, live ? 0 : unplaced);
      return { id, label, live, scopes, findings: placed.get(id) ?? [], ...(leftOut === undefined ? {} : { leftOut }) };
    });
}

function categoryId({ source, account, id, root = '' }: ScopeResult): string {
  if (source === 'aws') return `sealcheck/live/${uriPathOfName(account ?? id)}/`;
  return root === '' || root === '.' ? `sealcheck/${source}/` : `sealcheck/${source}/${uriPathOfName(root)}/`;
}

function whyLeftOut(result: ScanResult, scopes: readonly ScopeResult[], unplaced: number): string | undefined {
  if (result.run.outcome === 'interrupted') return 'the run was interrupted';
  const gap = scopes.flatMap((scope) =>
    scope.gaps.map(({ action, reason }) => `${action} failed (${reason}) in ${scope.region ?? scope.id}`),
  )[0];
  if (gap !== undefined) return gap;
  const broken = scopes.find(({ status }) => status !== 'complete');
  if (broken) return `${broken.region ?? broken.id} could not be read`;
  return unplaced > 0 ? `${unplaced} findings cannot be told apart by root; scan one root at a time` : undefined;
}

/** A finding does not name its scope: live ones have it in their account, others in the file they point at. */
function placeFindings({ scopes, findings }: ScanResult): {
  readonly placed: ReadonlyMap<string, readonly Finding[]>;
  readonly unplaced: number;
} {
  const accounts = new Map(scopes.filter(({ source }) => source === 'aws').map((scope) => [scope.account, categoryId(scope)] as const));
  const roots = [
    ...new Map(scopes.filter(({ source }) => source !== 'aws').map((scope) => [categoryId(scope), scope.root ?? ''])).entries(),
  ].sort(([, a], [, b]) => b.length - a.length);
  const placed = new Map<string, Finding[]>();
  let unplaced = 0;
  for (const finding of findings) {
    const live = accounts.size > 0 && (roots.length === 0 || finding.resource.address.startsWith('arn:'));
    const id = live ? accountCategory(finding, accounts) : rootCategory(finding, roots);
    const into = placed.get(id ?? '');
    if (id === undefined) unplaced += 1;
    else if (into) into.push(finding);
    else placed.set(id, [finding]);
  }
  return { placed, unplaced };
}

function accountCategory({ resource, id }: Finding, accounts: ReadonlyMap<string | undefined, string>): string {
  const [only] = accounts.size === 1 ? accounts.values() : [];
  const found = accounts.get(resource.account) ?? only;
  if (found === undefined) throw new Error(`finding ${id} is of an account that no scope names`);
  return found;
}

function rootCategory({ location }: Finding, roots: readonly (readonly [id: string, root: string])[]): string | undefined {
  if (roots.length === 1) return roots[0]?.[0];
  return roots.find(
    ([, root]) => location !== undefined && (root === '' || root === '.' || `${location.file}/`.startsWith(`${root}/`)),
  )?.[0];
}
