import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const options = await extractDepcruiseOptions(join(repository, '.dependency-cruiser.mjs'));
const tsConfig = extractTsConfig(join(repository, 'tsconfig.json'));

/** The names of all our rules of who may import what. */
export const ruleNames: readonly string[] = (options.ruleSet?.forbidden ?? []).map((rule) => rule.name ?? 'unnamed');

/** Applies our rules to the folder `src` of a root. */
export async function cruiseSrc(root: string): Promise<ICruiseResult> {
  const { output } = await cruise(['src'], { ...options, baseDir: root }, {}, { tsConfig });
  if (typeof output === 'string') throw new Error(output);
  return output;
}
