import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { runPolicyTests } from '../../src/run-policy-tests.ts';
import { mutatePolicy, type Mutant } from './mutate-policy.ts';

/** Every mutant of every policy in a folder. Throws when a test of a policy does not hold as it is: it would kill whatever it is shown. */
export function packMutants(folder: string): readonly Mutant[] {
  const { policies, tests } = loadPolicies([folder], { builtin: true });
  const broken = policies.flatMap((policy) =>
    runPolicyTests(policy, tests.get(policy.id) ?? []).filter(({ problem }) => problem !== undefined),
  );
  if (broken.length > 0) {
    throw new Error(
      `these tests do not hold, so that nothing can be told of mutants: ${broken.map(({ policyId, name }) => `${policyId}: ${name}`).join('; ')}`,
    );
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const file = join(folder, name);
      return mutatePolicy(file, readFileSync(file, 'utf8'));
    });
}
