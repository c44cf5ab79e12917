import type { Diagnostic } from '../model/errors.ts';
import { nearestName } from '../expressions/nearest-name.ts';
import type { JsonSchema } from '../resources/json-schema.ts';
import type { YamlSource } from './yaml-source.ts';

type Path = readonly (string | number)[];

/** What Ajv says of one violation. */
export interface SchemaViolation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: { readonly [name: string]: unknown };
  readonly message?: string;
}

/** What a value must look like, in words; undefined where the pattern itself says enough. */
export type PatternWords = (pattern: string) => { readonly message: string; readonly hint?: string } | undefined;

/** Turns violations of a schema into diagnostics with places; the noise that alternatives make is left out. */
export function schemaProblems(
  violations: readonly SchemaViolation[],
  source: YamlSource,
  properties: (path: Path) => readonly string[],
  patternWords: PatternWords = () => undefined,
): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  // Where alternatives are offered, the list of names says more than the other type that would do.
  const named = new Set(violations.filter((violation) => violation.keyword === 'enum').map((violation) => violation.instancePath));
  for (const violation of violations) {
    if (violation.keyword === 'type' && named.has(violation.instancePath)) continue;
    const diagnostic = describe(violation, source, properties, patternWords);
    if (!diagnostic) continue;
    const key = `${diagnostic.line}:${diagnostic.column}:${diagnostic.message}`;
    if (!found.has(key)) found.set(key, diagnostic);
  }
  return [...found.values()];
}

function describe(
  violation: SchemaViolation,
  source: YamlSource,
  properties: (path: Path) => readonly string[],
  patternWords: PatternWords,
): Diagnostic | undefined {
  const path = parsePointer(violation.instancePath, source.value);
  const { params } = violation;
  switch (violation.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const nearest = nearestName(name, properties(path));
      return source.atKey([...path, name], `there is no ${name} here`, nearest ? `did you mean ${nearest}?` : listed(properties(path)));
    }
    case 'required':
      return source.at(path, `${String(params['missingProperty'])} is missing`);
    case 'enum': {
      const allowed = params['allowedValues'] as readonly unknown[];
      const actual = valueAt(source.value, path);
      const nearest = typeof actual === 'string' ? nearestName(actual, allowed.map(String)) : undefined;
      return source.at(path, `expected one of ${allowed.map(String).join(', ')}`, nearest ? { hint: `did you mean ${nearest}?` } : {});
    }
    case 'const':
      return violation.schemaPath.includes('/if/') ? undefined : source.at(path, `expected ${String(params['allowedValue'])}`);
    case 'type': {
      const type = params['type'];
      const names: { readonly [name: string]: string } = {
        string: 'a text',
        array: 'a list',
        object: 'an object',
        integer: 'a whole number',
        boolean: 'true or false',
      };
      const words = (Array.isArray(type) ? type : [type]).map((name) => names[String(name)] ?? String(name));
      // Digits in quotes are a text; without them YAML drops zeros and rounds.
      const digits = words.join() === 'a text' && typeof valueAt(source.value, path) === 'number';
      return source.at(path, `expected ${words.join(' or ')}`, digits ? { hint: 'put the number in quotes' } : {});
    }
    case 'maxLength':
      return source.at(path, `longer than ${String(params['limit'])} characters`);
    case 'minLength':
      return source.at(path, 'must not be empty');
    case 'minProperties':
      return source.at(path, 'it names nothing', listed(properties(path)) === undefined ? {} : { hint: listed(properties(path)) ?? '' });
    case 'minItems':
      return source.at(path, 'the list must not be empty');
    case 'minProperties':
      return source.at(path, 'must not be empty');
    case 'uniqueItems':
      return source.at(path, 'the same thing stands here twice');
    case 'pattern': {
      // What propertyNames says of the same key is enough.
      if (violation.schemaPath.includes('/propertyNames/')) return undefined;
      const pattern = String(params['pattern']);
      const { message, hint } = patternWords(pattern) ?? { message: `does not match ${pattern}` };
      return source.at(path, message, hint === undefined ? {} : { hint });
    }
    case 'propertyNames':
      return source.atKey(
        [...path, String(params['propertyName'])],
        `${String(params['propertyName'])} is not a name: letters and digits, a letter first`,
      );
    case 'anyOf':
    case 'if':
      return undefined;
    default:
      return source.at(path, violation.message ?? violation.keyword);
  }
}

function listed(names: readonly string[]): string | undefined {
  return names.length > 0 && names.length <= 25 ? `it takes ${names.join(', ')}` : undefined;
}

function parsePointer(pointer: string, root: unknown): Path {
  let current = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(current) ? Number(key) : key;
      current = valueAt(current, [step]);
      return step;
    });
}

function valueAt(root: unknown, path: Path): unknown {
  let current = root;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as { readonly [key: string | number]: unknown })[step];
  }
  return current;
}

/** The keys that a schema knows at a path, for "did you mean". */
export function namesIn(root: () => JsonSchema): (path: readonly (string | number)[]) => readonly string[] {
  return (path) => {
    let schema: unknown = root();
    for (const step of path) {
      const { properties, items, additionalProperties } = schema as { readonly [keyword: string]: unknown };
      if (typeof step === 'number') schema = items;
      else schema = (properties as { readonly [name: string]: unknown } | undefined)?.[step] ?? additionalProperties;
      if (typeof schema !== 'object' || schema === null) return [];
    }
    return Object.keys((schema as { readonly properties?: object }).properties ?? {});
  };
}
