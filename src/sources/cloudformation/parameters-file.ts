import type { UserError } from '../../model/errors.ts';
import { isObject, listOf, own } from './json.ts';
import { parseFile, type ParsedFile } from './parse-template.ts';
import { problemAt } from './template-text.ts';

/**
 * Values of parameters: as the AWS CLI takes them (`[{ "ParameterKey": …, "ParameterValue": … }]`), as CodePipeline and SAM do
 * (`{ "Parameters": { … } }`), or as plain `name: value`; in JSON or YAML. Throws UserError `input-invalid` with the place, without a value.
 */
export function readParametersFile(text: string, file: string): ReadonlyMap<string, string> {
  const parsed = parseFile(text, file);
  const { value } = parsed;
  const found = new Map<string, string>();
  if (Array.isArray(value)) {
    for (const [index, entry] of listOf(value).entries()) {
      const key = own(entry, 'ParameterKey');
      if (typeof key !== 'string') throw wrong(parsed, file, [index], 'this entry has no ParameterKey');
      // `UsePreviousValue`: nobody but the stack knows it.
      const given = own(entry, 'ParameterValue');
      if (given !== undefined) found.set(key, textOf(parsed, file, [index, 'ParameterValue'], given));
    }
    return found;
  }
  const inner = own(value, 'Parameters');
  const path = isObject(inner) ? ['Parameters'] : [];
  const map = isObject(inner) ? inner : value;
  if (!isObject(map)) throw wrong(parsed, file, [], 'parameters are a list or a map');
  for (const [name, given] of Object.entries(map)) found.set(name, textOf(parsed, file, [...path, name], given));
  return found;
}

function textOf(parsed: ParsedFile, file: string, path: readonly (string | number)[], value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(',');
  throw wrong(parsed, file, path, 'the value of a parameter is a text');
}

function wrong({ text, span }: ParsedFile, file: string, path: readonly (string | number)[], message: string): UserError {
  return problemAt(text, span(path).start, file, message, 'see aws cloudformation deploy help, --parameter-overrides');
}
