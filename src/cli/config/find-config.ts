import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Name of the file that is looked for. */
const configName = 'sealcheck.config.yaml';

/** The nearest configuration at or above a folder, not above the top of its git checkout; undefined where there is none. */
export function findConfig(folder = '.'): string | undefined {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const file = join(current, configName);
    if (existsSync(file)) return file;
    if (existsSync(join(current, '.git')) || dirname(current) === current) return undefined;
  }
}
