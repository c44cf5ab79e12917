import { UserError } from './model/errors.ts';
import type { Collection, ScopeModel } from './model/resource.ts';

/** One scope as a source read it: a plan, or the template of a stack. */
export interface ReadScope {
  readonly scope: ScopeModel;
  readonly notes: readonly string[];
}

/** What sources read, as the one collection that a scan judges. Throws UserError `input-invalid` when two of them hold the same scope. */
export function mergeCollections(inputs: readonly (Collection | ReadScope)[]): Collection {
  const collections = inputs.map((input): Collection =>
    'scope' in input ? { scopes: [input.scope], provenance: {}, notes: input.notes } : input,
  );
  const scopes = collections.flatMap((collection) => collection.scopes);
  const twice = scopes.find((scope, index) => scopes.findIndex((other) => other.scope.id === scope.scope.id) < index);
  if (twice) {
    throw new UserError('input-invalid', `two of the inputs hold the scope ${twice.scope.id}`, {
      hint: twice.scope.source === 'aws' ? 'judge them one by one' : 'judge them one by one, each with its --root',
    });
  }
  return {
    scopes,
    provenance: Object.assign({}, ...collections.map(({ provenance }) => provenance)) as Collection['provenance'],
    notes: collections.flatMap(({ notes }) => notes),
    ...(collections.some(({ interrupted }) => interrupted) ? { interrupted: true as const } : {}),
  };
}
