import { Unknown } from '../../model/unknown.ts';
import { isObject, setOwn, type JsonObject } from './json.ts';

/** Lists and maps that outsiders fill: a key that is not always there leaves the whole open. */
const openMaps: ReadonlySet<string> = new Set(['tags']);

/**
 * One tree that stands for all variants: what they agree on, and Unknown wherever they differ. Every variant is what
 * the result may turn out to be, so a verdict on it holds for each.
 *
 * @param why says what they depend on
 */
export function mergeVariants(variants: readonly unknown[], why: Unknown, name = ''): unknown {
  const [first, ...others] = variants;
  if (others.every((other) => other === first)) return first;
  // Key by key: most of what is below is the same in all.
  if (variants.every(isObject)) return mergeObjects(variants, why, name);
  if (others.every((other) => isSame(first, other))) return first;
  const unknown = variants.find((value) => value instanceof Unknown);
  if (unknown !== undefined) return unknown;
  if (variants.every(Array.isArray)) return mergeLists(variants as readonly (readonly unknown[])[], why);
  return why;
}

function mergeObjects(variants: readonly JsonObject[], why: Unknown, name: string): unknown {
  const keys = new Set(variants.flatMap((variant) => Object.keys(variant)));
  if (openMaps.has(name) && variants.some((variant) => Object.keys(variant).length !== keys.size)) return why;
  const made = {};
  for (const key of keys) {
    const values = variants.map((variant) => (Object.hasOwn(variant, key) ? variant[key] : undefined));
    const merged = mergeVariants(values, why, key);
    if (merged !== undefined) setOwn(made, key, merged);
  }
  return made;
}

/**
 * Lists of one length are merged element by element. Of others the elements that all have are merged, and each that only some have is
 * one Unknown. A list that may be empty is Unknown as a whole, since its length decides then.
 */
function mergeLists(variants: readonly (readonly unknown[])[], why: Unknown): unknown {
  const lengths = variants.map(({ length }) => length);
  const most = Math.max(...lengths);
  if (Math.min(...lengths) === most && !variants.some((list) => hasShared(list, variants))) {
    return Array.from({ length: most }, (_none, index) =>
      mergeVariants(
        variants.map((list) => list[index]),
        why,
      ),
    );
  }
  if (lengths.includes(0)) return why;
  const found = variants.map(groupByIdentity);
  const [first = []] = variants;
  const kept: unknown[] = [];
  const used = new Map<string, number>();
  for (const element of first) {
    const identity = identityOf(element);
    const taken = used.get(identity) ?? 0;
    used.set(identity, taken + 1);
    const equals = found.map((groups) => groups.get(identity)?.[taken]);
    if (!equals.includes(undefined)) kept.push(mergeVariants(equals, why));
  }
  return [...kept, ...Array.from({ length: most - kept.length }, () => why)];
}

/** Whether an element stands at another index in another list, so that index by index would compare different things. */
function hasShared(list: readonly unknown[], variants: readonly (readonly unknown[])[]): boolean {
  return list.some((element, index) =>
    variants.some((other) => !isSame(other[index], element) && other.some((one, at) => at !== index && isSame(one, element))),
  );
}

function groupByIdentity(list: readonly unknown[]): ReadonlyMap<string, readonly unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const element of list) {
    const identity = identityOf(element);
    const group = groups.get(identity);
    if (group) group.push(element);
    else groups.set(identity, [element]);
  }
  return groups;
}

/**
 * What an element is, whatever is around it: a statement without the denials of the others, a variable by its name, a replica by its
 * region. Elements of one identity are merged.
 */
function identityOf(element: unknown): string {
  if (!isObject(element)) return textOf(element);
  const { denials, name, container, region, ...rest } = element;
  if (denials !== undefined) return textOf(rest);
  if (typeof name === 'string') return textOf([name, container]);
  return typeof region === 'string' ? textOf([region]) : textOf(element);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || textOf(a) === textOf(b);
}

/** A text that is the same for values that are the same; the class of Unknown is part of it. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      part instanceof Unknown ? { '\0unknown': [part.reason, part.detail, part.symbol] } : part,
    ) ?? 'undefined'
  );
}
