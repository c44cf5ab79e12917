import type { Policy } from '../model/policy.ts';
import { findResourceType } from '../resources/index.ts';
import { decode } from '../resources/decode.ts';
import { encode } from '../resources/encode.ts';
import { placeUnknowns } from '../resources/place-unknowns.ts';
import type { Attributes } from '../model/resource.ts';
import { loadPolicies } from './load-policies.ts';
import type { PolicyTest } from './policy-test.ts';

/** The built-in pack as data: policies with their conditions parsed, and their tests apart. */
export interface Pack {
  readonly policies: readonly Policy[];
  readonly tests: { readonly [id: string]: readonly PackedTest[] };
}

type PackedTest = Omit<PolicyTest, 'attributes'> & { readonly attributes: unknown };

/** Loads the pack from its files; called when the package is built. Throws UserError with all diagnostics. */
export function compilePack(directory: string): Pack {
  const { policies, tests } = loadPolicies([directory], { builtin: true });
  const packed = [...tests].map(([id, list]) => [id, list.map(packTest)] as const);
  return { policies, tests: Object.fromEntries(packed) };
}

function packTest(test: PolicyTest): PackedTest {
  const type = findResourceType(test.type);
  if (!type) throw new Error(`no resource type ${test.type}`);
  return { ...test, attributes: encode(type.shape, test.attributes) };
}

/** The reverse, for `sealcheck test`. */
export function unpackTests(packed: readonly PackedTest[]): readonly PolicyTest[] {
  return packed.map((test) => {
    const type = findResourceType(test.type);
    if (!type) throw new Error(`no resource type ${test.type}`);
    const attributes = decode(type.shape, test.attributes, [], { problems: [] }) as Attributes;
    return { ...test, attributes: placeUnknowns(attributes) };
  });
}
