import { readFileSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { statuses } from '../model/finding.ts';
import { scopeStatuses } from '../model/resource.ts';
import { outcomes, type ScanResult } from '../model/scan-result.ts';
import { isPlainObject } from '../resources/decode.ts';
import type { Io } from './io.ts';

const makeOne = 'make one with sealcheck scan … -f json=findings.json';

/** Reads a saved result; `-` is standard input. Throws UserError for what is none, is of another version, or was changed. */
export async function readResult(path: string, io: Io): Promise<ScanResult> {
  const name = path === '-' ? 'standard input' : path;
  const json = parse(await read(path, io));
  if (!isPlainObject(json) || json['schemaVersion'] === undefined) {
    throw new UserError('input-invalid', `${name} is not a result of sealcheck`, { hint: makeOne });
  }
  if (json['schemaVersion'] !== 1) {
    const version = typeof json['schemaVersion'] === 'number' ? ` ${String(json['schemaVersion'])}` : '';
    throw new UserError('input-unsupported', `${name} has schema version${version}, and this version of sealcheck reads 1`, {
      hint: 'use the version of sealcheck that wrote it, or scan again',
    });
  }
  const wrong = firstProblem(json);
  if (wrong !== undefined) throw new UserError('input-invalid', `${name} is not as sealcheck wrote it: ${wrong}`, { hint: makeOne });
  return json as unknown as ScanResult;
}

async function read(path: string, io: Io): Promise<string> {
  if (path === '-') return (await io.readStdin()).toString('utf8');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') throw new UserError('file-not-found', `there is no ${path}`, { hint: makeOne, cause: error });
    throw new UserError('file-unreadable', `cannot read ${path}: ${code}`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    return undefined;
  }
}

type Json = { readonly [key: string]: unknown };
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const among =
  (words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const each =
  (fields: { readonly [key: string]: Check }): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => wrongField(one, fields) === undefined);

/** What the parts of schemas/findings.schema.json look like that readers of a saved result rely on. */
const runFields = {
  id: isText,
  asOf: isText,
  outcome: among(outcomes),
  tool: (value: unknown) => isPlainObject(value) && isText(value['version']),
};
const scopeFields = {
  id: isText,
  source: isText,
  status: among(scopeStatuses),
  gaps: each({ operation: isText, types: isTexts, reason: isText }),
};
const policyFields = {
  ...{ id: isText, title: isText, aliases: isTexts, resources: isTexts, sources: isTexts },
  controls: each({ framework: isText, id: isText }),
  counts: (value: unknown) => isPlainObject(value) && statuses.every((status) => isCount(value[status])),
};
const findingFields = { id: isText, policyId: isText, status: among(statuses), scope: isText, resource: isPlainObject };

function firstProblem(json: Json): string | undefined {
  const run = wrongField(json['run'], runFields);
  if (run !== undefined) return `run${run} is not right`;
  for (const [name, fields] of [
    ['scopes', scopeFields],
    ['policies', policyFields],
    ['findings', findingFields],
  ] as const) {
    const list = json[name];
    if (!Array.isArray(list)) return `${name} is not a list`;
    for (const [at, one] of list.entries()) {
      const wrong = wrongField(one, fields);
      if (wrong !== undefined) return `${name}[${String(at)}]${wrong} is not right`;
    }
  }
  return undefined;
}

/** `.field` of the first that is not as it should be; an empty text when the value is no object. */
function wrongField(value: unknown, fields: { readonly [key: string]: Check }): string | undefined {
  if (!isPlainObject(value)) return '';
  const key = Object.keys(fields).find((name) => fields[name]?.(value[name]) !== true);
  return key === undefined ? undefined : `.${key}`;
}
