import type { Collection, Gap, Needs, ScopeModel } from '../../model/resource.ts';

/**
 * A gap for the resource types that the policies judge and that nobody looked for when the account was saved, by a
 * version that did not know them, say: no resource of a type is no proof that there is none. It stands in the first scope
 * of each account.
 */
export function reportUncollected(collection: Collection, needs: Needs): Collection {
  const types = [...needs.keys()].filter((type) => !Object.hasOwn(collection.provenance, type)).sort();
  if (types.length === 0) return collection;
  const gap: Gap = {
    operation: 'sealcheck:collect',
    action: 'sealcheck:collect',
    types,
    reason: 'not-collected',
    count: 1,
    hint: 'Save the account again with this version: the file was made without looking for these types.',
  };
  const accounts = new Set<string | undefined>();
  const scopes = collection.scopes.map((model): ScopeModel => {
    const { account } = model.scope;
    if (accounts.has(account)) return model;
    accounts.add(account);
    return { ...model, status: model.status === 'complete' ? 'partial' : model.status, gaps: [...model.gaps, gap] };
  });
  return { ...collection, scopes };
}
