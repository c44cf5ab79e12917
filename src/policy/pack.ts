import type { Framework } from '../model/framework.ts';
import type { Policy } from '../model/policy.ts';
import { findResourceType } from '../resources/index.ts';
import { encode } from '../resources/encode.ts';
import { loadPolicies } from './load-policies.ts';
import type { PackedTest } from './packed-tests.ts';
import type { PolicyTest } from './policy-test.ts';

/** The built-in pack as data: policies with their conditions parsed, and their tests apart. */
export interface Pack {
  readonly policies: readonly Policy[];
  readonly tests: { readonly [id: string]: readonly PackedTest[] };
}

/**
 * Loads the pack from its files; called when the package is built. With `frameworks`, every control that a policy claims
 * must be one of theirs, with a source. Throws UserError with all diagnostics.
 */
export function compilePack(directory: string, frameworks?: readonly Framework[]): Pack {
  const { policies, tests } = loadPolicies([directory], { builtin: true, ...(frameworks === undefined ? {} : { frameworks }) });
  const packed = [...tests].map(([id, list]) => [id, list.map(packTest)] as const);
  return { policies, tests: Object.fromEntries(packed) };
}

function packTest(test: PolicyTest): PackedTest {
  const type = findResourceType(test.type);
  if (!type) throw new Error(`no resource type ${test.type}`);
  return { ...test, attributes: encode(type.shape, test.attributes) };
}
