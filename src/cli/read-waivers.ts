import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SelectedPolicy } from '../model/policy.ts';
import type { Collection } from '../model/resource.ts';
import type { Waiver } from '../model/waiver.ts';
import type { LoadedWaivers, WaiverRules } from '../policy/waivers/load-waivers.ts';
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

export interface WaiverContext {
  /** Longest accepted waiver, in days. */
  readonly maxDays: number;
  readonly selected: readonly SelectedPolicy[];
  readonly stderr: Output;
}

/** The waivers of files. Warnings go to stderr. Throws UserError. */
export async function readWaivers(files: readonly string[], context: WaiverContext): Promise<readonly Waiver[]> {
  if (files.length === 0) return [];
  // Only who has waivers needs the YAML parser.
  const { loadWaivers } = await import('../policy/waivers/load-waivers.ts');
  return await accept(loadWaivers(files, await rulesOf(context)), context);
}

/**
 * The waivers that stand beside the code of the run. Warnings go to stderr. Throws UserError.
 *
 * @param now epoch milliseconds
 */
export async function readWrittenWaivers({ scopes }: Collection, now: number, context: WaiverContext): Promise<readonly Waiver[]> {
  const written = scopes.flatMap(({ waivers = [] }) => waivers);
  if (written.length === 0) return [];
  const { checkWritten } = await import('../policy/waivers/check-written.ts');
  return await accept(checkWritten(written, await rulesOf(context), now), context);
}

async function rulesOf({ maxDays, selected }: WaiverContext): Promise<WaiverRules> {
  const { builtinPolicies } = await import('./choose-policies.ts');
  const all = [...(await builtinPolicies()), ...selected.map(({ policy }) => policy)];
  return { maxDays, policyIds: [...new Set(all.flatMap(({ id, aliases }) => [id, ...aliases]))] };
}

async function accept({ waivers, warnings }: LoadedWaivers, { stderr }: WaiverContext): Promise<readonly Waiver[]> {
  if (warnings.length === 0) return waivers;
  const { printDiagnostic } = await import('./print-error.ts');
  for (const warning of warnings) printDiagnostic(warning, stderr);
  return waivers;
}
