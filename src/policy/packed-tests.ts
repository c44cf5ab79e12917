import type { Attributes } from '../model/resource.ts';
import { decode } from '../resources/decode.ts';
import { findResourceType } from '../resources/index.ts';
import { placeUnknowns } from '../resources/place-unknowns.ts';
import type { PolicyTest } from './policy-test.ts';

/** A test as it stands in the built pack: its fixture as JSON. */
export type PackedTest = Omit<PolicyTest, 'attributes'> & { readonly attributes: unknown };

/** The tests of the built-in pack, for `sealcheck test`. */
export function unpackTests(packed: readonly PackedTest[]): readonly PolicyTest[] {
  return packed.map((test) => {
    const type = findResourceType(test.type);
    if (!type) throw new Error(`no resource type ${test.type}`);
    const attributes = decode(type.shape, test.attributes, [], { problems: [] }) as Attributes;
    return { ...test, attributes: placeUnknowns(attributes) };
  });
}
