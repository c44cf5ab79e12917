import type { Evidence } from '../model/finding.ts';
import type { Attributes, Provenance } from '../model/resource.ts';
import { Unknown } from '../model/unknown.ts';
import { findResourceType } from '../resources/index.ts';
import type { ObjectShape, Shape } from '../resources/shape.ts';
import type { ItemVerdict } from './verdict.ts';

const mostListed = 20;
const longestText = 300;

/** The facts behind a verdict: the attributes that its conditions read, as metadata. */
export function gatherEvidence(
  chains: Iterable<string>,
  type: string,
  attributes: Attributes,
  item: { readonly variable: string; readonly verdict: ItemVerdict } | undefined,
  provenance: Provenance,
): readonly Evidence[] {
  const shape = findResourceType(type)?.shape;
  if (!shape) return [];
  const origins = provenance[type];
  // Of an item that is not known there is nothing more to say, whatever the conditions read of it.
  if (item?.verdict.item instanceof Unknown && item.verdict.path !== undefined) {
    return [withOrigin({ path: item.verdict.path, state: 'unknown' }, origins)];
  }
  const found = new Map<string, Evidence>();
  for (const chain of new Set(chains)) {
    const { root, fields } = partsOf(chain);
    const start = root === 'resource' ? { value: attributes as unknown, shape: shape as Shape, path: '' } : itemStart(root, item, shape);
    if (!start) continue;
    for (const evidence of follow(start, fields)) found.set(evidence.path, withOrigin(evidence, origins));
  }
  const evidence = [...found.values()];
  return evidence.length < 2 ? evidence : evidence.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Few chains are read by many findings. */
const split = new Map<string, { readonly root: string; readonly fields: readonly string[] }>();

function partsOf(chain: string): { readonly root: string; readonly fields: readonly string[] } {
  const known = split.get(chain);
  if (known) return known;
  const [root = '', ...fields] = chain.split('.');
  const parts = { root, fields };
  split.set(chain, parts);
  return parts;
}

interface Place {
  readonly value: unknown;
  readonly shape: Shape;
  readonly path: string;
}

function itemStart(
  root: string,
  item: { readonly variable: string; readonly verdict: ItemVerdict } | undefined,
  resource: ObjectShape,
): Place | undefined {
  if (!item || item.variable !== root) return undefined;
  const path = item.verdict.path;
  const element = path === undefined ? undefined : elementShape(resource, path);
  return element && path !== undefined ? { value: item.verdict.item, shape: element, path } : undefined;
}

/** The shape of `a.b[3]` inside an object. */
function elementShape(resource: ObjectShape, path: string): Shape | undefined {
  const list = path.slice(0, path.lastIndexOf('['));
  const { root, fields } = partsOf(list);
  let shape: Shape | undefined = resource;
  for (const name of [root, ...fields]) {
    shape = shape?.kind === 'object' && Object.hasOwn(shape.fields, name) ? shape.fields[name]?.shape : undefined;
  }
  return shape?.kind === 'list' ? shape.element : undefined;
}

function follow(start: Place, fields: readonly string[]): readonly Evidence[] {
  let { value, shape, path } = start;
  for (const name of fields) {
    if (value instanceof Unknown) return [{ path: value.path || path, state: 'unknown' }];
    if (value === undefined || typeof value !== 'object' || value === null) break;
    const next: Shape | undefined = shape.kind === 'object' ? shape.fields[name]?.shape : shape.kind === 'map' ? shape.value : undefined;
    if (!next) return [];
    value = Object.hasOwn(value, name) ? (value as { readonly [key: string]: unknown })[name] : undefined;
    shape = next;
    path = path === '' ? name : `${path}.${name}`;
  }
  return describe({ value, shape, path });
}

/** A leaf as it is; an object as its plain fields; longer lists and maps as their size. */
function describe({ value, shape, path }: Place, nested = false): readonly Evidence[] {
  if (value instanceof Unknown) return [{ path, state: 'unknown' }];
  if (value === undefined) return nested ? [] : [{ path, state: 'absent' }];
  switch (shape.kind) {
    case 'timestamp':
      return [{ path, state: 'value', value: new Date(value as number).toISOString() }];
    case 'string':
      return [{ path, state: 'value', value: cut(value as string) }];
    case 'int':
    case 'bool':
      return [{ path, state: 'value', value }];
    case 'list': {
      const elements = value as readonly unknown[];
      if (nested && elements.length === 0) return [];
      const texts = elements.filter((element) => typeof element === 'string');
      const plain = texts.length === elements.length && texts.length <= mostListed;
      return [{ path, state: 'value', value: plain ? texts.map(cut) : counted(elements.length, 'item', 'items') }];
    }
    case 'map':
      return nested ? [] : [{ path, state: 'value', value: counted(Object.keys(value as object).length, 'entry', 'entries') }];
    case 'object': {
      if (nested) return [];
      const fields = Object.entries(shape.fields);
      return fields.flatMap(([name, field]) =>
        describe(
          { value: (value as { readonly [key: string]: unknown })[name], shape: field.shape, path: path === '' ? name : `${path}.${name}` },
          true,
        ),
      );
    }
    default:
      return shape satisfies never;
  }
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

function withOrigin(evidence: Evidence, origins: { readonly [pathPrefix: string]: string } | undefined): Evidence {
  if (!origins) return evidence;
  let best: string | undefined;
  for (const prefix of Object.keys(origins)) {
    const covers =
      evidence.path === prefix || evidence.path.startsWith(`${prefix}.`) || evidence.path.startsWith(`${prefix}[`) || prefix === '';
    if (covers && (best === undefined || prefix.length > best.length)) best = prefix;
  }
  return best === undefined ? evidence : { ...evidence, api: origins[best] as string };
}

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
