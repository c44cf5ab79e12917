import { UserError } from '../../model/errors.ts';
import { customaryDueDays, type DueDays } from '../../engine/compare/due.ts';
import { severities, type Severity } from '../../model/severity.ts';
import type { RawConfig } from './raw-config.ts';
import type { LoadedConfig } from './load-config.ts';

/** Where a value comes from, as people name it: `--fail-on`, `SEALCHECK_FAIL_ON`, `sealcheck.config.yaml:12`, `default`. */
export interface Sourced<T> {
  readonly value: T;
  readonly from: string;
}

/** A role that reads an account. */
export interface AccountRole {
  readonly arn: string;
  readonly externalId?: string;
}

/** What a run is told by flags, environment, file and defaults together. */
export interface Settings {
  readonly aws: Sourced<boolean>;
  readonly paths: Sourced<readonly string[]>;
  readonly roles: Sourced<readonly AccountRole[]>;
  readonly withCaller: Sourced<boolean>;
  /** Undefined: the SDK's default region. */
  readonly regions: Sourced<readonly string[] | undefined>;
  readonly builtin: Sourced<boolean>;
  readonly policyPaths: Sourced<readonly string[]>;
  readonly failOn: Sourced<Severity | 'none'>;
  /** Undefined: as failOn. */
  readonly failOnUnknown: Sourced<Severity | 'never' | undefined>;
  /** `NAME` or `NAME=PATH`, as for --format. */
  readonly outputs: Sourced<readonly string[]>;
  /** Files of waivers; false: none are to be read; undefined: not set. */
  readonly waivers: Sourced<readonly string[] | false | undefined>;
  /** Folder or `s3://bucket/prefix`; undefined: runs are not kept. */
  readonly stateDir: Sourced<string | undefined>;
  /** Days. */
  readonly retain: Sourced<number>;
  readonly dueDays: Sourced<DueDays>;
}

/** What of the command line may also stand in a file. Absent or empty: not given. */
export interface GivenFlags {
  readonly aws?: boolean;
  readonly roleArn?: readonly string[];
  readonly externalId?: string;
  readonly withCaller?: boolean;
  readonly region?: readonly string[];
  readonly builtin?: boolean;
  readonly policies?: readonly string[];
  readonly failOn?: Severity | 'none';
  readonly failOnUnknown?: Severity | 'never';
  readonly format?: readonly string[];
  readonly waivers?: readonly string[] | false;
  readonly stateDir?: string;
  readonly retain?: number;
}

export type Environment = { readonly [name: string]: string | undefined };

/** Names of the variables that are read besides the file. */
const variables = {
  failOn: 'SEALCHECK_FAIL_ON',
  failOnUnknown: 'SEALCHECK_FAIL_ON_UNKNOWN',
  regions: 'SEALCHECK_REGIONS',
  stateDir: 'SEALCHECK_STATE_DIR',
} as const;

/** Flags before environment, environment before file, file before defaults. Throws UserError for a variable that makes no sense. */
export function mergeSettings(paths: readonly string[], flags: GivenFlags, env: Environment, config: LoadedConfig | undefined): Settings {
  const raw: RawConfig = config?.raw ?? {};
  const inFile = <T>(value: T | undefined, ...at: readonly string[]): Sourced<T> | undefined =>
    value === undefined || config === undefined ? undefined : { value, from: config.placeOf(at) };
  const fromHere = (path: string): string => config?.fromHere(path) ?? path;
  // What to scan is one choice: a path on the command line does not add to those of the file.
  const chosenHere = paths.length > 0 || flags.aws === true;
  return {
    aws:
      given(chosenHere ? flags.aws === true : undefined, flags.aws === true ? '--aws' : 'arguments') ??
      inFile(raw.sources?.aws, 'sources', 'aws') ??
      byDefault(false),
    paths:
      given(chosenHere ? paths : undefined, paths.length > 0 ? 'arguments' : '--aws') ??
      inFile(raw.sources?.paths?.map(fromHere), 'sources', 'paths') ??
      byDefault([]),
    roles: given(flaggedRoles(flags), '--role-arn') ?? inFile(fileRoles(raw, flags.externalId), 'accounts') ?? byDefault([]),
    withCaller: given(flags.withCaller, '--with-caller') ?? inFile(raw.withCaller, 'withCaller') ?? byDefault(false),
    regions:
      given(flags.region, '--region') ??
      inVariable(env, variables.regions, parseRegions) ??
      inFile(raw.regions, 'regions') ??
      byDefault(undefined),
    builtin: given(flags.builtin === false ? false : undefined, '--no-builtin') ?? inFile(raw.builtin, 'builtin') ?? byDefault(true),
    policyPaths: given(filled(flags.policies), '--policies') ?? inFile(raw.policyPaths?.map(fromHere), 'policyPaths') ?? byDefault([]),
    failOn:
      given(flags.failOn, '--fail-on') ??
      inVariable(env, variables.failOn, oneOf([...severities, 'none'] as const)) ??
      inFile(raw.failOn, 'failOn') ??
      byDefault('low'),
    failOnUnknown:
      given(flags.failOnUnknown, '--fail-on-unknown') ??
      inVariable(env, variables.failOnUnknown, oneOf([...severities, 'never'] as const)) ??
      inFile(raw.failOnUnknown, 'failOnUnknown') ??
      byDefault(undefined),
    outputs: given(filled(flags.format), '--format') ?? inFile(fileOutputs(raw, fromHere), 'outputs') ?? byDefault([]),
    waivers:
      given(flags.waivers, flags.waivers === false ? '--no-waivers' : '--waivers') ??
      inFile(raw.waivers === undefined ? undefined : [fromHere(raw.waivers)], 'waivers') ??
      byDefault(undefined),
    stateDir:
      given(flags.stateDir, '--state-dir') ??
      inVariable(env, variables.stateDir, (text) => text) ??
      inFile(raw.stateDir?.startsWith('s3:') === true ? raw.stateDir : raw.stateDir && fromHere(raw.stateDir), 'stateDir') ??
      byDefault(undefined),
    retain: given(flags.retain, '--retain') ?? inFile(raw.retainDays, 'retainDays') ?? byDefault(90),
    dueDays: inFile(raw.dueDays && { ...customaryDueDays, ...raw.dueDays }, 'dueDays') ?? byDefault(customaryDueDays),
  };
}

function given<T>(value: T | undefined, from: string): Sourced<T> | undefined {
  return value === undefined ? undefined : { value, from };
}

function byDefault<T>(value: T): Sourced<T> {
  return { value, from: 'default' };
}

function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

function flaggedRoles({ roleArn, externalId }: GivenFlags): readonly AccountRole[] | undefined {
  return filled(roleArn)?.map((arn) => ({ arn, ...(externalId === undefined ? {} : { externalId }) }));
}

/** An account without a role is only named. An external id of the command line is for all the roles. */
function fileRoles({ accounts }: RawConfig, flag: string | undefined): readonly AccountRole[] | undefined {
  return accounts?.flatMap(({ role, externalId: own }) => {
    const externalId = flag ?? own;
    return role === undefined ? [] : [{ arn: role, ...(externalId === undefined ? {} : { externalId }) }];
  });
}

function fileOutputs({ outputs }: RawConfig, fromHere: (path: string) => string): readonly string[] | undefined {
  return outputs && Object.entries(outputs).map(([format, path]) => `${format}=${fromHere(path)}`);
}

type Parse<T> = (text: string) => T | { readonly expected: string };

/** A variable that is empty counts as not set. */
function inVariable<T>(env: Environment, name: string, parse: Parse<T>): Sourced<T> | undefined {
  const text = env[name]?.trim();
  if (text === undefined || text === '') return undefined;
  const value = parse(text);
  if (typeof value === 'object' && value !== null && 'expected' in value) {
    throw new UserError('usage', `${name}: expected ${value.expected}, found ${text}`);
  }
  return { value, from: name };
}

function oneOf<T extends string>(words: readonly T[]): Parse<T> {
  return (text) => words.find((word) => word === text) ?? { expected: `one of ${words.join(', ')}` };
}

const parseRegions: Parse<readonly string[]> = (text) => {
  const regions = text.split(',').map((region) => region.trim());
  return regions.includes('') ? { expected: 'regions as us-east-1,eu-west-1 or all' } : regions;
};
