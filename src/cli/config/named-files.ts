import { existsSync } from 'node:fs';
import type { Diagnostic } from '../../model/errors.ts';
import { invalid, type LoadedConfig } from './load-config.ts';
import type { RawConfig } from './raw-config.ts';
import type { Settings } from './settings.ts';

/** Settings that name files to read: where the file says them. */
const named = {
  paths: { at: ['sources', 'paths'], list: ({ sources }: RawConfig) => sources?.paths },
  policyPaths: { at: ['policyPaths'], list: ({ policyPaths }: RawConfig) => policyPaths },
  waivers: { at: ['waivers'], list: ({ waivers }: RawConfig) => (waivers === undefined ? undefined : [waivers]) },
} as const satisfies { readonly [key in keyof Settings]?: object };

export type NamedFiles = keyof typeof named;

/**
 * Files that the configuration names and this run reads must be there; what a flag or the environment puts in their place is not looked at.
 * Throws UserError `config-invalid`.
 */
export function missingFiles(config: LoadedConfig, settings: Settings, which: readonly NamedFiles[]): void {
  const problems = which.flatMap((key): readonly Diagnostic[] => {
    const { at, list } = named[key];
    if (settings[key].from !== config.placeOf(at)) return [];
    return (list(config.raw) ?? []).flatMap((path, index) => {
      const file = config.fromHere(path);
      if (file === '-' || existsSync(file)) return [];
      return [
        config.source.at(key === 'waivers' ? at : [...at, index], `there is no ${file}`, { hint: 'paths are relative to this file' }),
      ];
    });
  });
  if (problems.length > 0) throw invalid(problems, config.shown);
}
