import { Unknown } from '../../model/unknown.ts';
import { isObject, listOf, own, setOwn, type JsonObject } from './json.ts';
import type { LoopBudget } from './world.ts';

/** One turn of a `Fn::ForEach`: the entries that it adds, and the key of the body that each comes from. */
export interface LoopEntry {
  readonly key: string;
  readonly value: unknown;
  readonly from: string;
}

export const loopPrefix = 'Fn::ForEach::';

/**
 * The entries that a `Fn::ForEach` makes. Unknown when its list cannot be resolved, or when it makes more than we read.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 *
 * @param evaluate resolves the list
 */
export function expandLoop(
  name: string,
  raw: unknown,
  evaluate: (raw: unknown) => unknown,
  budget: LoopBudget,
): readonly LoopEntry[] | Unknown {
  const [identifier, collection, body] = listOf(raw);
  if (typeof identifier !== 'string' || !isObject(body))
    return new Unknown('malformed-response', `${name} is not written as CloudFormation wants it`);
  const values = listValues(collection, evaluate);
  if (values instanceof Unknown) return new Unknown('unresolved-reference', `${name}: ${values.detail}`);
  const entries: LoopEntry[] = [];
  for (const value of values) {
    for (const [key, template] of Object.entries(body)) {
      if (budget.left <= 0) return new Unknown('unresolved-reference', `${name} makes more than is read`);
      entries.push({ key: fill(key, identifier, value), value: substitute(template, identifier, value, budget), from: key });
    }
  }
  return entries;
}

function listValues(collection: unknown, evaluate: (raw: unknown) => unknown): readonly string[] | Unknown {
  const value = evaluate(collection);
  if (value instanceof Unknown) return value;
  const texts: string[] = [];
  for (const element of Array.isArray(value) ? (value as readonly unknown[]).flat() : [undefined]) {
    if (element instanceof Unknown) return element;
    if (typeof element !== 'string' && typeof element !== 'number')
      return new Unknown('unresolved-reference', 'its list is not one of texts');
    texts.push(String(element));
  }
  return texts;
}

function fill(text: string, identifier: string, value: string): string {
  return text.replaceAll(`\${${identifier}}`, () => value).replaceAll(`&{${identifier}}`, () => value.replace(/[^A-Za-z0-9]/g, ''));
}

function substitute(raw: unknown, identifier: string, value: string, budget: LoopBudget): unknown {
  budget.left -= 1;
  if (budget.left <= 0) return undefined;
  if (typeof raw === 'string') return fill(raw, identifier, value);
  if (Array.isArray(raw)) return raw.map((element: unknown) => substitute(element, identifier, value, budget));
  if (!isObject(raw)) return raw;
  if (own(raw, 'Ref') === identifier) return value;
  const made: JsonObject = {};
  for (const [key, element] of Object.entries(raw))
    setOwn(made, fill(key, identifier, value), substitute(element, identifier, value, budget));
  return made;
}
