import { readEquivalents } from './mutation/equivalent-mutants.ts';
import { packMutants } from './mutation/pack-mutants.ts';
import { tryMutants } from './mutation/try-mutants.ts';

/** Tries the tests of the policies: `npm run mutate:policies`, or with ids of policies for these alone. */
const list = 'test/policy/equivalent-mutants.yaml';
const ids = process.argv.slice(2);
const chosen = (id: string): boolean => ids.length === 0 || ids.includes(id);
const result = tryMutants(
  packMutants('policies').filter(({ policyId }) => chosen(policyId)),
  readEquivalents(list).filter(({ policy }) => chosen(policy)),
);
const flat = (text: string): string => text.replace(/\s+/g, ' ');
for (const { file, line, column, place, original, mutated } of result.survivors) {
  process.stdout.write(`${file}:${line}:${column}: survived in ${place}\n  - ${flat(original)}\n  + ${flat(mutated)}\n`);
}
for (const { policy, place, original, mutated } of result.unneeded) {
  process.stdout.write(`${list}: not needed: ${policy}, ${place}: ${flat(original)} -> ${flat(mutated)}\n`);
}
const { mutants, killed, refused, equivalent, survivors, unneeded } = result;
const score = mutants === equivalent ? 100 : Math.floor((1000 * killed) / (mutants - equivalent)) / 10;
process.stdout.write(
  `${mutants} mutants: ${killed} killed (${refused} when the policy loads), ${equivalent} mean the same, ${survivors.length} survived; score ${score} %\n`,
);
if (mutants === 0 || survivors.length > 0 || unneeded.length > 0) process.exitCode = 1;
