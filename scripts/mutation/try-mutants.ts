import { runPolicyTests } from '../../src/run-policy-tests.ts';
import { isListed, type EquivalentMutant } from './equivalent-mutants.ts';
import type { Mutant } from './mutate-policy.ts';

export interface MutationResult {
  readonly mutants: number;
  readonly killed: number;
  /** Of these, not by a test but when the policy loads, such as a guard that is missing. */
  readonly refused: number;
  /** Survivors that are listed as meaning the same. */
  readonly equivalent: number;
  /** Survivors that nobody has explained. */
  readonly survivors: readonly Mutant[];
  /** Entries of the list that no survivor needs. */
  readonly unneeded: readonly EquivalentMutant[];
}

/** Runs the tests of each policy against its mutants. */
export function tryMutants(mutants: readonly Mutant[], listed: readonly EquivalentMutant[]): MutationResult {
  const untested = mutants.filter((mutant) => runPolicyTests(mutant.policy, mutant.tests).every(({ problem }) => problem === undefined));
  const alive = untested.filter((mutant) => mutant.loads());
  const survivors = alive.filter((mutant) => !listed.some((entry) => isListed(entry, mutant)));
  return {
    mutants: mutants.length,
    killed: mutants.length - alive.length,
    refused: untested.length - alive.length,
    equivalent: alive.length - survivors.length,
    survivors,
    unneeded: listed.filter((entry) => !alive.some((mutant) => isListed(entry, mutant))),
  };
}
