import { readFileSync } from 'node:fs';
import { validate } from '#generated/validate-waivers.js';
import { UserError, type Diagnostic } from '../../model/errors.ts';
import type { Waivable, Waiver, WaiverTarget } from '../../model/waiver.ts';
import { nearestName } from '../../expressions/nearest-name.ts';
import { namesIn, schemaProblems, type SchemaViolation } from '../schema-problems.ts';
import { parseYaml, type YamlSource } from '../yaml-source.ts';
import { dayProblems } from './waiver-days.ts';
import { waiversStructureSchema } from './waivers-schema.ts';

/** A file of waivers as it is written, after the schema has accepted it. */
interface RawFile {
  readonly liveTags?: boolean;
  readonly waivers: readonly RawWaiver[];
}

interface RawWaiver {
  readonly id: string;
  readonly policy?: string | readonly string[];
  readonly match?: {
    readonly address?: string;
    readonly account?: string;
    readonly tags?: { readonly [key: string]: string };
    readonly itemKey?: string;
  };
  readonly covers?: readonly Waivable[];
  readonly gap?: { readonly action: string; readonly scope: string };
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly approvedBy?: string;
  readonly created: string;
  readonly expires: string;
}

export interface WaiverRules {
  /** Most days from the first to the last. */
  readonly maxDays: number;
  /** Ids and former ids of policies; another one is likely a slip, and gets a warning. */
  readonly policyIds: readonly string[];
}

export interface LoadedWaivers {
  readonly waivers: readonly Waiver[];
  readonly warnings: readonly Diagnostic[];
}

/** Reads files of waivers. Throws UserError `waiver-invalid` with every mistake of every file, `file-not-found` and `file-unreadable`. */
export function loadWaivers(files: readonly string[], rules: WaiverRules): LoadedWaivers {
  const loaded = files.map((file) => parseWaivers(file, readText(file), rules));
  const waivers = loaded.flatMap((one) => one.waivers);
  const diagnostics = loaded.flatMap((one) => one.diagnostics);
  failOnErrors(diagnostics);
  const seen = new Map<string, Waiver>();
  for (const waiver of waivers) {
    const other = seen.get(waiver.id);
    if (other)
      throw new UserError('waiver-invalid', `two waivers are called ${waiver.id}: in ${other.place.file} and ${waiver.place.file}`);
    seen.set(waiver.id, waiver);
  }
  return { waivers, warnings: diagnostics };
}

/** Throws UserError `waiver-invalid` if one of them is an error. */
export function failOnErrors(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const places = new Set(errors.map(({ file }) => file)).size;
  const message = `${errors.length} ${errors.length === 1 ? 'error' : 'errors'} in waivers of ${places} ${places === 1 ? 'file' : 'files'}`;
  throw new UserError('waiver-invalid', message, { diagnostics });
}

/** Reads one file of waivers: YAML, schema, days, and what belongs together. Never throws for what is in it. */
export function parseWaivers(
  file: string,
  text: string,
  rules: WaiverRules,
): { readonly waivers: readonly Waiver[]; readonly diagnostics: readonly Diagnostic[] } {
  const source = parseYaml(file, text);
  if ('problems' in source) return { waivers: [], diagnostics: source.problems };
  if (!validate(source.value)) {
    const violations = (validate.errors ?? []) as readonly SchemaViolation[];
    return { waivers: [], diagnostics: inOrder(schemaProblems(violations, source, namesIn(waiversStructureSchema))) };
  }
  const { liveTags = false, waivers: entries } = source.value as RawFile;
  const diagnostics: Diagnostic[] = [];
  const first = new Map<string, number>();
  const waivers = entries.flatMap((raw, index): readonly Waiver[] => {
    const found = [...problemsOf(raw, ['waivers', index], source, rules)];
    const before = first.get(raw.id);
    if (before === undefined) first.set(raw.id, index);
    else found.push(source.at(['waivers', index, 'id'], `another waiver is called ${raw.id}`, { hint: 'ids must be unique' }));
    diagnostics.push(...found);
    const { line } = source.at(['waivers', index], '');
    return found.some(({ severity }) => severity === 'error') ? [] : [waiverOf(raw, liveTags, file, line)];
  });
  return { waivers, diagnostics: inOrder(diagnostics) };
}

type Path = readonly (string | number)[];

function problemsOf(raw: RawWaiver, path: Path, source: YamlSource, rules: WaiverRules): readonly Diagnostic[] {
  const days = dayProblems(raw, raw.created, rules.maxDays).map(({ field, message, hint }) =>
    source.at([...path, field], message, hint === undefined ? {} : { hint }),
  );
  return [...blankFields(raw, path, source), ...targetProblems(raw, path, source), ...policyProblems(raw, path, source, rules), ...days];
}

function blankFields(raw: RawWaiver, path: Path, source: YamlSource): readonly Diagnostic[] {
  return (['id', 'reason', 'owner'] as const).flatMap((field) =>
    raw[field].trim() === '' ? [source.at([...path, field], 'must not be empty')] : [],
  );
}

/** A waiver is of findings or of a gap. */
function targetProblems({ policy, match, covers, gap }: RawWaiver, path: Path, source: YamlSource): readonly Diagnostic[] {
  if (gap === undefined) {
    const missing = [...(policy === undefined ? ['policy'] : []), ...(match === undefined ? ['match'] : [])];
    const hint = 'a waiver names a policy and what of it is matched, or a gap';
    return missing.map((name) => source.at(path, `${name} is missing`, { hint }));
  }
  const given = Object.entries({ policy, match, covers }).filter(([, value]) => value !== undefined);
  return given.map(([name]) =>
    source.atKey([...path, name], `${name} does not go with gap`, 'a gap is no finding: write a waiver of its own for each'),
  );
}

function policyProblems({ policy }: RawWaiver, path: Path, source: YamlSource, { policyIds }: WaiverRules): readonly Diagnostic[] {
  const ids = policyList(policy);
  const known = new Set(policyIds);
  return ids.flatMap((id, index): readonly Diagnostic[] => {
    const at = [...path, 'policy', ...(Array.isArray(policy) ? [index] : [])];
    if (id === '*') return ids.length === 1 ? [] : [source.at(at, "'*' is every policy: it stands alone")];
    if (id.includes('*'))
      return [source.at(at, `${id} is a pattern`, { hint: "write the ids of the policies; only '*' alone is every policy" })];
    if (known.has(id)) return [];
    const nearest = nearestName(id, known);
    const hint = nearest ? `did you mean ${nearest}?` : 'sealcheck policies list shows them all; --policies adds your own';
    return [source.at(at, `no policy of this run or of the pack is called ${id}`, { hint, severity: 'warning' })];
  });
}

function policyList(policy: string | readonly string[] | undefined): readonly string[] {
  return typeof policy === 'string' ? [policy] : (policy ?? []);
}

function waiverOf(raw: RawWaiver, liveTags: boolean, file: string, line: number): Waiver {
  const { id, reason, owner, ticket, approvedBy, created, expires } = raw;
  return {
    id,
    target: targetOf(raw, liveTags),
    reason: reason.trim(),
    owner: owner.trim(),
    ...(ticket === undefined ? {} : { ticket }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    created,
    expires,
    place: { file, line, inline: false },
  };
}

function targetOf({ policy, match = {}, covers = ['fail'], gap }: RawWaiver, liveTags: boolean): WaiverTarget {
  if (gap !== undefined) return { kind: 'gap', ...gap };
  return { kind: 'resources', policies: policyList(policy), covers, match: { ...match, ...(liveTags ? { liveTags: true as const } : {}) } };
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.line - b.line || a.column - b.column);
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      throw new UserError('file-not-found', `there is no ${file}`, { hint: '--waivers names a file of waivers', cause: error });
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : (code ?? 'error');
    throw new UserError('file-unreadable', `cannot read ${file}: ${reason}`, { cause: error });
  }
}
