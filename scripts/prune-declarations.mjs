import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

const imported = /(?:\bfrom|\bimport\(?) ?['"](\.[^'"]+)['"]/g;

/**
 * Deletes the declarations in a folder that its index.d.ts does not lead to: tsc writes one of every module, and most of them would only
 * weigh on the package.
 */
export function pruneDeclarations(folder) {
  const kept = new Set();
  const visit = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(imported)) visit(resolve(dirname(file), path.replace(/\.ts$/, '.d.ts')));
  };
  visit(resolve(folder, 'index.d.ts'));
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = resolve(join(entry.parentPath, entry.name));
    const needed = entry.isDirectory() ? [...kept].some((file) => file.startsWith(path + sep)) : kept.has(path);
    if (!needed) rmSync(path, { recursive: true, force: true });
  }
}
