import type { AwsFlags, ConfigOptions, PolicyOptions } from '../options.ts';
import type { LoadedConfig } from './load-config.ts';
import type { NamedFiles } from './named-files.ts';
import { openConfig } from './open-config.ts';
import { mergeSettings, type Environment, type GivenFlags, type Settings } from './settings.ts';

/** What a command is told by flags, environment and file together. */
export interface Configured {
  readonly settings: Settings;
  /** Absent: there is no file, or it is to be left out. */
  readonly config: LoadedConfig | undefined;
}

/** Reads the configuration of a command; `paths` are inputs that were given with it. Throws UserError. */
export async function configure(flags: GivenFlags & ConfigOptions, env: Environment, paths: readonly string[] = []): Promise<Configured> {
  const config = await openConfig(flags, env);
  const configured: Configured = { settings: mergeSettings(paths, flags, env, config), config };
  await checkNamedFiles(configured, ['policyPaths']);
  return configured;
}

/** Throws UserError where the file names something to read that is not there, and nothing takes its place. */
export async function checkNamedFiles(configured: Configured, which: readonly NamedFiles[]): Promise<void> {
  if (configured.config === undefined) return;
  const { missingFiles } = await import('./named-files.ts');
  missingFiles(configured.config, configured.settings, which);
}

/** The flags that choose policies, as if everything had been said by them. */
export function policyFlags<F extends Pick<PolicyOptions, 'policies' | 'builtin'>>(flags: F, { builtin, policyPaths }: Settings): F {
  return { ...flags, builtin: builtin.value, policies: policyPaths.value };
}

/** The flags of a live account, as if everything had been said by them. */
export function liveFlags<F extends AwsFlags>(flags: F, { aws, roles, withCaller, regions }: Settings): F {
  const externalIds = roles.value.flatMap(({ arn, externalId }) => (externalId === undefined ? [] : [[arn, externalId] as const]));
  return {
    ...flags,
    ...{ aws: aws.value, roleArn: roles.value.map(({ arn }) => arn), externalIds: Object.fromEntries(externalIds) },
    // Of a file it counts only beside roles; as a flag without any it is a mistake.
    withCaller: flags.withCaller === true || (withCaller.value && roles.value.length > 0),
    ...(regions.value === undefined ? {} : { region: regions.value }),
  };
}
