import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { validate } from '#generated/validate-config.js';
import { compilePattern } from '../../expressions/functions/matches.ts';
import { nearestName } from '../../expressions/nearest-name.ts';
import { UserError, type Diagnostic } from '../../model/errors.ts';
import { namesIn, schemaProblems, type SchemaViolation } from '../../policy/schema-problems.ts';
import { largestFile, parseYaml, type YamlSource } from '../../policy/yaml-source.ts';
import { reporters } from '../../reporters/index.ts';
import { configSchema, patternWords } from './config-schema.ts';
import type { RawConfig } from './raw-config.ts';

type Path = readonly (string | number)[];

/** A configuration file that is sound by itself; what it says of policies is checked once these are loaded. */
export interface LoadedConfig {
  readonly raw: RawConfig;
  readonly source: YamlSource;
  /** The file as people know it, from the working directory. */
  readonly shown: string;
  /** `FILE:LINE` of what a path leads to. */
  readonly placeOf: (path: Path) => string;
  /** A path that the file names, from the working directory. */
  readonly fromHere: (path: string) => string;
  /** The working directory as seen from the folder of the file, with `/`; empty where they are one. */
  readonly hereFrom: string;
}

/** Reads a configuration file. Throws UserError `config-invalid` with all that is wrong, each with its place. */
export function loadConfig(path: string): LoadedConfig {
  const file = resolve(path);
  const shown = shownPath(file);
  const source = parseYaml(shown, readConfig(file, shown));
  if ('problems' in source) throw invalid(source.problems, shown);
  const violations = validate(source.value) ? [] : ((validate.errors ?? []) as readonly SchemaViolation[]);
  const wrong = schemaProblems(violations, source, namesIn(configSchema), patternWords);
  if (wrong.length > 0) throw invalid(wrong, shown);
  const raw = source.value as RawConfig;
  const problems = [
    ...accountProblems(raw, source),
    ...overrideProblems(raw, source),
    ...outputProblems(raw, source),
    ...namingProblems(raw, source),
  ];
  if (problems.length > 0) throw invalid(problems, shown);
  const folder = dirname(file);
  return {
    ...{ raw, source, shown },
    placeOf: (at) => `${shown}:${source.at(at, '').line}`,
    fromHere: (named) => (named === '-' ? named : shownPath(resolve(folder, named))),
    hereFrom: posix(relative(folder, resolve('.'))),
  };
}

/** The error of a configuration file. */
export function invalid(problems: readonly Diagnostic[], shown: string): UserError {
  const diagnostics = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const [only] = diagnostics;
  const message = diagnostics.length === 1 && only ? only.message : `${diagnostics.length} errors in ${shown}`;
  return new UserError('config-invalid', message, { diagnostics });
}

function readConfig(file: string, shown: string): string {
  try {
    const bytes = readBeginning(file);
    // What was cut off may have been cut within a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: bytes.length > 4 * largestFile });
  } catch (error) {
    if (error instanceof TypeError) throw new UserError('file-unreadable', `cannot read ${shown}: it is not UTF-8 text`, { cause: error });
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new UserError('file-not-found', `there is no configuration ${shown}`, {
        hint: 'name the file with --config or SEALCHECK_CONFIG, or leave both out',
        cause: error,
      });
    }
    throw new UserError('file-unreadable', `cannot read ${shown}: ${code}`, { cause: error });
  }
}

/** The whole file, unless it is larger than any that is accepted: then enough for the parser to see that. */
function readBeginning(file: string): Uint8Array {
  const bytes = Buffer.alloc(4 * largestFile + 1);
  const handle = openSync(file, 'r');
  try {
    for (let length = 0; ;) {
      const read = readSync(handle, bytes, length, bytes.length - length, null);
      length += read;
      if (read === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}

/** A path from the working directory, with `/`; whole where the two have nothing in common. */
function shownPath(file: string): string {
  const path = relative(resolve('.'), file);
  return isAbsolute(path) ? file : posix(path === '' ? '.' : path);
}

function posix(path: string): string {
  return path.split(sep).join('/');
}

function accountProblems({ accounts = [], overrides = [] }: RawConfig, source: YamlSource): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [index, { id, name, role, externalId }] of accounts.entries()) {
    const at = ['accounts', index] as const;
    const before = accounts.slice(0, index);
    if (before.some((other) => other.id === id)) problems.push(source.at([...at, 'id'], `the account ${id} stands here twice`));
    if (name !== undefined && before.some((other) => other.name === name))
      problems.push(source.at([...at, 'name'], `two accounts are called ${name}`));
    if (externalId !== undefined && role === undefined)
      problems.push(source.at([...at, 'externalId'], 'an external id goes with a role', { hint: 'name the role that asks for it' }));
    const owner = role?.split(':')[4];
    if (owner !== undefined && owner !== id) problems.push(source.at([...at, 'role'], `this is a role of ${owner}, not of ${id}`));
  }
  for (const [index, { match }] of overrides.entries()) {
    for (const [position, account] of (match.accounts ?? []).entries()) {
      if (/^\d{12}$/.test(account) || accounts.some(({ name }) => name === account)) continue;
      const names = accounts.flatMap(({ name }) => name ?? []);
      const nearest = nearestName(account, names);
      const hint = nearest === undefined ? 'write its twelve digits in quotes, or name it in accounts' : `did you mean ${nearest}?`;
      problems.push(source.at(['overrides', index, 'match', 'accounts', position], `there is no account ${account} in accounts`, { hint }));
    }
  }
  return problems;
}

function overrideProblems({ overrides = [] }: RawConfig, source: YamlSource): readonly Diagnostic[] {
  return overrides.flatMap(({ policies = {}, tags = {} }, index) =>
    Object.keys({ ...policies, ...tags }).length > 0
      ? []
      : [source.at(['overrides', index], 'this override changes nothing', { hint: 'say in policies or tags what is different' })],
  );
}

function outputProblems({ outputs = {} }: RawConfig, source: YamlSource): readonly Diagnostic[] {
  const names = reporters.map(({ name }) => name);
  return Object.keys(outputs).flatMap((name) => {
    if (names.includes(name)) return [];
    const nearest = nearestName(name, names);
    return [
      source.atKey(['outputs', name], `there is no format ${name}`, nearest ? `did you mean ${nearest}?` : `there are ${names.join(', ')}`),
    ];
  });
}

function namingProblems({ naming = {} }: RawConfig, source: YamlSource): readonly Diagnostic[] {
  return Object.entries(naming).flatMap(([name, pattern]: readonly [string, string]) => {
    const compiled = compilePattern(pattern);
    return typeof compiled === 'string' ? [source.at(['naming', name], `not an RE2 pattern: ${compiled}`)] : [];
  });
}
