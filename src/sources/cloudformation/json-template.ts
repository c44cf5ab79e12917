import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { isObject } from './json.ts';
import { deepest, firstLine, mostNodes, problemAt, type ParsedText, type Span } from './template-text.ts';

/**
 * A template in JSON. `JSON.parse` reads it; the slower parser that knows positions runs when one is asked for, or to say where a mistake is.
 * Undefined for what is no JSON. Throws UserError `input-invalid` for what nests too deeply and for a key that stands twice.
 */
export function parseJsonTemplate(text: string, file: string): ParsedText | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of the parser quotes the text.
    return undefined;
  }
  const keys = countKeys(value);
  if (keys === undefined) throw problemAt(text, tooDeepAt(text), file, 'it nests too deeply');
  let root: Node | undefined;
  const tree = (): Node | undefined => (root ??= parseTree(text));
  // Of a key that stands twice JSON.parse keeps the last without a word.
  if (keys !== countColons(text)) {
    const again = repeatedKey(tree());
    if (again !== undefined) throw problemAt(text, again, file, 'this key is here for the second time');
  }
  return { value, span: (path) => firstLine(text, spanIn(tree(), path)) };
}

/** Where JSON that cannot be parsed goes wrong. */
export function jsonMistake(text: string): number {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return tooDeepAt(text);
  }
  return errors[0]?.offset ?? 0;
}

/** How many keys the value has in all; undefined when it nests too deeply or has too many parts. */
function countKeys(value: unknown): number | undefined {
  let keys = 0;
  let nodes = 0;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    nodes += level.length;
    if (depth > deepest || nodes > mostNodes) return undefined;
    const next: unknown[] = [];
    for (const node of level) {
      if (Array.isArray(node)) for (const element of node) next.push(element);
      else if (isObject(node)) {
        for (const key of Object.keys(node)) {
          keys += 1;
          next.push(node[key]);
        }
      }
    }
    level = next.filter((node) => typeof node === 'object' && node !== null);
  }
  return keys;
}

/** The colons outside of texts: one for each key. */
function countColons(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x3a) count += 1;
    else if (code === 0x22) {
      for (index += 1; text.charCodeAt(index) !== 0x22; index += 1) if (text.charCodeAt(index) === 0x5c) index += 1;
    }
  }
  return count;
}

/** The offset at which brackets, outside of texts, are open more deeply than we read. */
export function tooDeepAt(text: string): number {
  let depth = 0;
  for (const { index, 0: token } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > deepest) return index;
  }
  return 0;
}

function repeatedKey(root: Node | undefined): number | undefined {
  const nodes = root === undefined ? [] : [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const seen = new Set<unknown>();
    for (const child of node.children ?? []) {
      const key = child.type === 'property' ? child.children?.[0] : undefined;
      if (key !== undefined) {
        if (seen.has(key.value)) return key.offset;
        seen.add(key.value);
      }
      nodes.push(child);
    }
  }
  return undefined;
}

function spanIn(root: Node | undefined, path: readonly (string | number)[]): Span {
  let node = root;
  let best: Span = spanOf(root);
  for (const step of path) {
    if (node?.type === 'array' && typeof step === 'number') {
      node = node.children?.[step];
      if (node === undefined) return best;
      best = spanOf(node);
    } else if (node?.type === 'object' && typeof step === 'string') {
      const [key, value] = propertiesOf(node).get(step)?.children ?? [];
      if (key === undefined || value === undefined) return best;
      node = value;
      best = value.type === 'object' || value.type === 'array' ? spanOf(key) : spanOf(value);
    } else if (step !== 0) {
      // One statement may stand without the list around it: its index 0 is itself.
      return best;
    }
  }
  return best;
}

const properties = new WeakMap<Node, ReadonlyMap<unknown, Node>>();

/** The properties of an object by their keys. */
function propertiesOf(object: Node): ReadonlyMap<unknown, Node> {
  const known = properties.get(object);
  if (known !== undefined) return known;
  const made = new Map((object.children ?? []).map((property) => [property.children?.[0]?.value as unknown, property]));
  properties.set(object, made);
  return made;
}

function spanOf(node: Node | undefined): Span {
  return node === undefined ? { start: 0, end: 0 } : { start: node.offset, end: node.offset + node.length };
}
