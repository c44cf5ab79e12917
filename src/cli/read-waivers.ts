import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SelectedPolicy } from '../model/policy.ts';
import type { Waiver } from '../model/waiver.ts';
import { gitTop, shownPath } from './inputs/where.ts';
import type { Output } from './io.ts';

const names = ['sealcheck.waivers.yaml', 'waivers.yaml'];

/** The file of waivers that nobody has to name: the nearest one upward to the top of the git checkout; without one, in the working directory. */
export function findWaiverFiles(from = '.'): readonly string[] {
  const start = resolve(from);
  const top = gitTop(start) ?? start;
  for (let folder = start; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return [shownPath(found)];
    if (folder === top) return [];
  }
}

/** The waivers of files. Warnings go to stderr. Throws UserError. */
export async function readWaivers(
  files: readonly string[],
  maxDays: number,
  selected: readonly SelectedPolicy[],
  stderr: Output,
): Promise<readonly Waiver[]> {
  if (files.length === 0) return [];
  // Only who has waivers needs the YAML parser.
  const [{ loadWaivers }, { builtinPolicies }, { printDiagnostic }] = await Promise.all([
    import('../policy/waivers/load-waivers.ts'),
    import('./choose-policies.ts'),
    import('./print-error.ts'),
  ]);
  const all = [...(await builtinPolicies()), ...selected.map(({ policy }) => policy)];
  const policyIds = [...new Set(all.flatMap(({ id, aliases }) => [id, ...aliases]))];
  const { waivers, warnings } = loadWaivers(files, { maxDays, policyIds });
  for (const warning of warnings) printDiagnostic(warning, stderr);
  return waivers;
}
