import { readFileSync } from 'node:fs';
import type { Baseline } from '../engine/compare/compare-runs.ts';
import { UserError } from '../model/errors.ts';
import { isPlainObject } from '../resources/decode.ts';

/** Reads the result of an earlier run, to compare with. Throws UserError for what is none, or of another version. */
export function readBaseline(path: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') throw new UserError('file-not-found', `there is no baseline ${path}`, { hint: makeOne, cause: error });
    throw new UserError('file-unreadable', `cannot read the baseline ${path}: ${code}`, { cause: error });
  }
  const json = parse(text);
  if (!isPlainObject(json) || !Array.isArray(json['findings']) || !Array.isArray(json['scopes']) || !isPlainObject(json['run'])) {
    throw new UserError('input-invalid', `the baseline ${path} is not a result of sealcheck`, { hint: makeOne });
  }
  if (json['schemaVersion'] !== 1) {
    throw new UserError('input-unsupported', `the baseline ${path} is of a schema version that this version of sealcheck does not read`, {
      hint: makeOne,
    });
  }
  const { id, asOf, redacted } = json['run'];
  if (redacted !== undefined) {
    throw new UserError('input-invalid', `the baseline ${path} is redacted: nothing in it is called what this run calls it`, {
      hint: 'keep a result without --redact for comparing, and make the redacted reports of it with sealcheck report',
    });
  }
  const findings = json['findings'] as readonly unknown[];
  const scopes = json['scopes'] as readonly unknown[];
  const wrong = findings.findIndex((finding) => !isFinding(finding));
  if (wrong >= 0 || typeof id !== 'string' || typeof asOf !== 'string' || !scopes.every(isScope)) {
    throw new UserError('input-invalid', `the baseline ${path} has been changed${wrong >= 0 ? `: findings[${wrong}] is not one` : ''}`, {
      hint: makeOne,
    });
  }
  return json as unknown as Baseline;
}

const makeOne = 'make it with sealcheck scan … -f json=findings.json, of the main branch or of the live account';

function isFinding(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    ['id', 'policyId', 'status', 'scope'].every((key) => typeof value[key] === 'string') &&
    isPlainObject(value['resource']) &&
    ['type', 'address', 'name'].every((key) => typeof (value['resource'] as { readonly [key: string]: unknown })[key] === 'string')
  );
}

function isScope(value: unknown): boolean {
  return isPlainObject(value) && typeof value['id'] === 'string' && typeof value['source'] === 'string';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    return undefined;
  }
}
