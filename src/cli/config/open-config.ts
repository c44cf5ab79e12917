import { findConfig } from './find-config.ts';
import type { LoadedConfig } from './load-config.ts';
import type { Environment } from './settings.ts';
import type { ConfigOptions } from '../options.ts';

/** The configuration of this run, if there is one; nothing else is loaded where there is none. Throws UserError. */
export async function openConfig({ config: flag }: ConfigOptions, env: Environment): Promise<LoadedConfig | undefined> {
  if (flag === false) return undefined;
  const named = env['SEALCHECK_CONFIG'];
  const file = typeof flag === 'string' ? flag : named !== undefined && named !== '' ? named : findConfig();
  if (file === undefined) return undefined;
  const { loadConfig } = await import('./load-config.ts');
  return loadConfig(file);
}
