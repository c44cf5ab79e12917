import type { Collection, Resource } from '../../model/resource.ts';
import { encode } from '../../resources/encode.ts';
import { findResourceType } from '../../resources/index.ts';

/** A collection as plain JSON; it holds metadata only, since values never enter the model. */
export function encodeCollection(collection: Collection): { readonly [key: string]: unknown } {
  const { scopes, provenance, notes, interrupted } = collection;
  return {
    ...(interrupted ? { interrupted } : {}),
    notes,
    provenance,
    scopes: scopes.map(({ scope, status, resources, gaps }) => ({ scope, status, gaps, resources: resources.map(encodeResource) })),
  };
}

function encodeResource({ type, address, name, partition, account, region, attributes, variants }: Resource): unknown {
  const declared = findResourceType(type);
  if (!declared) throw new Error(`no resource type ${type}`);
  return {
    type,
    address,
    name,
    ...(partition === undefined ? {} : { partition }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    attributes: encode(declared.shape, attributes),
    // Verdicts hang on them, so that two inputs that differ in nothing else are not the same input.
    ...(variants === undefined ? {} : { variants: variants.each.map((variant) => encode(declared.shape, variant.attributes)) }),
  };
}
