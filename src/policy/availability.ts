import type { SourceName } from '../model/source-name.ts';
import type { ObjectShape, Shape } from '../resources/shape.ts';

/** The chains that some of the sources can never know, with those sources. */
export function unavailableIn(
  chains: Iterable<string>,
  resource: ObjectShape,
  sources: readonly SourceName[],
): readonly (readonly [string, readonly SourceName[]])[] {
  const found: (readonly [string, readonly SourceName[]])[] = [];
  for (const chain of chains) {
    const [root, ...fields] = chain.split('.');
    if (root !== 'resource') continue;
    let shape: Shape | undefined = resource;
    for (const name of fields) {
      if (shape?.kind !== 'object' || !Object.hasOwn(shape.fields, name)) break;
      const field: ObjectShape['fields'][string] | undefined = shape.fields[name];
      const missing = field?.sources ? sources.filter((source) => !field.sources?.includes(source)) : [];
      if (missing.length > 0) found.push([chain, missing]);
      shape = field?.shape;
    }
  }
  return found;
}
