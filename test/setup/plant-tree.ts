import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { plantedModules, plantedPackages, type PlantedImport } from './planted-imports.ts';

/** Writes the imports and what they name below a new folder. `remove` deletes it. */
export function plantTree(plants: readonly PlantedImport[]): { readonly root: string; readonly remove: () => void } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sealcheck-planted-')));
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const { dependencies, devDependencies } = plantedPackages;
  write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: versions(dependencies), devDependencies: versions(devDependencies) }),
  );
  for (const name of [...dependencies, ...devDependencies]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  for (const file of plantedModules) write(file, 'export const thing = 1;\n');
  for (const { file, specifier } of plants) write(file, `import '${specifier}';\n`);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
