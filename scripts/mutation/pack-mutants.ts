import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutatePolicy, type Mutant } from './mutate-policy.ts';

/** Every mutant of every policy in a folder. */
export function packMutants(folder: string): readonly Mutant[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const file = join(folder, name);
      return mutatePolicy(file, readFileSync(file, 'utf8'));
    });
}
