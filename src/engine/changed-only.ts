import type { Collection, ScopeModel } from '../model/resource.ts';

/**
 * What a plan changes. A scope that lost resources by that is no longer whole: what is missing from it proves nothing. Where no plan
 * says what changes (a template, a live account), everything stays.
 */
export function changedOnly(collection: Collection): { readonly collection: Collection; readonly unchanged: number } {
  let unchanged = 0;
  const scopes = collection.scopes.map((model): ScopeModel => {
    const resources = model.resources.filter(({ change }) => change !== 'none');
    const left = model.resources.length - resources.length;
    unchanged += left;
    return left === 0 ? model : { ...model, whole: false, resources };
  });
  return { collection: { ...collection, scopes }, unchanged };
}
