import { Unknown } from '../../model/unknown.ts';
import { BlockReference } from './block-reference.ts';
import { isObject, own } from './json.ts';
import { JsonEncoded, isKnown } from './json-encoded.ts';

type Call = (args: readonly unknown[]) => unknown;

/**
 * A function of Terraform, as far as we know it: those that pass on, gather or pick what they are given. Unknown for the
 * others, and where an argument that decides is not known.
 * https://developer.hashicorp.com/terraform/language/functions
 */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  const call = functions.get(name);
  const result = call?.(args);
  const tooLong = typeof result === 'string' && result.length > longestText;
  if (result !== undefined && !tooLong) return result;
  return new Unknown('unresolved-reference', `the code could not be followed: ${call ? 'the arguments of ' : ''}${name}()`);
}

/** Longer texts are nothing that people write; functions of functions could fill the memory. */
const longestText = 1024 * 1024;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const list = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? (value as readonly unknown[]) : undefined);

const plain = (value: unknown): { readonly [key: string]: unknown } | undefined =>
  isObject(value) && !(value instanceof Unknown) && !(value instanceof BlockReference) && !(value instanceof JsonEncoded)
    ? value
    : undefined;

/** All arguments as texts, or nothing. */
function texts(args: readonly unknown[]): readonly string[] | undefined {
  const found = args.map(text);
  return found.every((one) => one !== undefined) ? found : undefined;
}

const ofTexts =
  (call: (...args: readonly string[]) => unknown): Call =>
  (args) => {
    const found = texts(args);
    return found && call(...found);
  };

const same: Call = ([value]) => value;

const functions: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['jsonencode', ([value]) => new JsonEncoded(value)],
  ['jsondecode', ([value]) => (value instanceof JsonEncoded ? value.value : parse(value))],
  ['tostring', ([value]) => text(value) ?? value],
  ['tolist', same],
  ['toset', same],
  ['tomap', same],
  ['sensitive', same],
  ['nonsensitive', same],
  ['ephemeralasnull', () => undefined],
  ['merge', merge],
  ['concat', (args) => gather(args)],
  ['flatten', ([value]) => flatten(value)],
  ['compact', ([value]) => list(value)?.filter((element) => element !== '' && element !== null)],
  ['distinct', ([value]) => (isKnown(value) ? [...new Set(list(value) ?? [])] : undefined)],
  ['keys', ([value]) => (plain(value) ? Object.keys(plain(value) ?? {}).sort() : undefined)],
  ['values', ([value]) => valuesOf(value)],
  ['length', ([value]) => list(value)?.length ?? (plain(value) ? Object.keys(plain(value) ?? {}).length : undefined)],
  ['lookup', ([map, key, fallback]) => lookup(map, key, fallback)],
  ['element', ([elements, index]) => element(elements, index)],
  ['one', ([elements]) => ((list(elements)?.length ?? 2) > 1 ? undefined : (list(elements)?.[0] ?? null))],
  ['coalesce', (args) => coalesce(args)],
  ['join', ([separator, elements]) => join(separator, elements)],
  ['split', ofTexts((separator, value) => value?.split(separator ?? ''))],
  ['lower', ofTexts((value) => value?.toLowerCase())],
  ['upper', ofTexts((value) => value?.toUpperCase())],
  ['trimspace', ofTexts((value) => value?.trim())],
  ['trimprefix', ofTexts((value = '', prefix = '') => (value.startsWith(prefix) ? value.slice(prefix.length) : value))],
  ['trimsuffix', ofTexts((value = '', suffix = '') => (suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value))],
  ['replace', ofTexts(replace)],
  ['format', (args) => format(args)],
  ['contains', ([elements, value]) => (isKnown(elements) && isKnown(value) ? list(elements)?.includes(value) : undefined)],
  ['startswith', ofTexts((value = '', prefix = '') => value.startsWith(prefix))],
  ['endswith', ofTexts((value = '', suffix = '') => value.endsWith(suffix))],
]);

/** With slashes around it the pattern is a regular expression, which is not followed. */
function replace(value = '', from = '', to = ''): string | undefined {
  if (from.startsWith('/') || from === '' || value.length * (to.length + 1) > longestText) return undefined;
  return value.replaceAll(from, () => to);
}

function parse(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    // The error quotes the text.
    return undefined;
  }
}

function merge(args: readonly unknown[]): unknown {
  const made: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
  for (const arg of args) {
    if (arg === null) continue;
    const object = plain(arg);
    if (object === undefined) return undefined;
    Object.assign(made, object);
  }
  return made;
}

function gather(args: readonly unknown[]): unknown {
  const made: unknown[] = [];
  for (const arg of args) {
    const elements = list(arg);
    if (elements === undefined) return undefined;
    made.push(...elements);
  }
  return made;
}

function flatten(value: unknown): unknown {
  const elements = list(value);
  if (elements === undefined || elements.some((one) => one instanceof Unknown)) return undefined;
  return elements.flat(20);
}

function valuesOf(value: unknown): unknown {
  const object = plain(value);
  return (
    object &&
    Object.keys(object)
      .sort()
      .map((key) => own(object, key))
  );
}

function lookup(map: unknown, key: unknown, fallback: unknown): unknown {
  const object = plain(map);
  if (object === undefined || typeof key !== 'string') return undefined;
  return Object.hasOwn(object, key) ? object[key] : fallback;
}

function element(elements: unknown, index: unknown): unknown {
  const found = list(elements);
  return found !== undefined && found.length > 0 && Number.isInteger(index) ? found[Number(index) % found.length] : undefined;
}

function coalesce(args: readonly unknown[]): unknown {
  for (const arg of args) {
    // What an unknown comes to decides whether the next one counts.
    if (arg instanceof Unknown) return arg;
    if (arg !== null && arg !== '') return arg;
  }
  return undefined;
}

function join(separator: unknown, elements: unknown): unknown {
  const found = texts(list(elements) ?? [undefined]);
  return found !== undefined && typeof separator === 'string' ? found.join(separator) : undefined;
}

/** Only `%s`, `%d` and `%%`. */
function format([template, ...rest]: readonly unknown[]): unknown {
  const values = texts(rest);
  if (typeof template !== 'string' || values === undefined || /%[^sd%]/.test(template)) return undefined;
  let at = 0;
  return template.replace(/%[sd%]/g, (verb) => (verb === '%%' ? '%' : (values[at++] ?? '')));
}
