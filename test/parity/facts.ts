import type { Resource } from '../../src/model/resource.ts';
import { sourceNames, type SourceName } from '../../src/model/source-name.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { encode } from '../../src/resources/encode.ts';
import { findResourceType } from '../../src/resources/index.ts';
import type { Field, Shape } from '../../src/resources/shape.ts';

/** What one source says of a resource. */
export interface Facts {
  /** The leaves that the source can know, by path, as text; an Unknown by its reason. What is absent is not here. */
  readonly known: ReadonlyMap<string, Fact>;
  /** The fields that the declaration puts beyond the source, by path; what was found there. */
  readonly beyond: ReadonlyMap<string, unknown>;
}

export interface Fact {
  readonly text: string;
  /** The sources that can know it, as declared. */
  readonly sources: readonly SourceName[];
}

interface Walk {
  readonly source: SourceName;
  readonly known: Map<string, Fact>;
  readonly beyond: Map<string, unknown>;
}

/** Walks the attributes of a resource as its type declares them. */
export function factsOf(resource: Resource, source: SourceName): Facts {
  const type = findResourceType(resource.type);
  if (type === undefined) throw new Error(`there is no type ${resource.type}`);
  const walk: Walk = { source, known: new Map(), beyond: new Map() };
  visit(walk, type.shape, resource.attributes, '', sourceNames);
  return walk;
}

function visit(walk: Walk, shape: Shape, value: unknown, path: string, sources: readonly SourceName[]): void {
  if (value === undefined) return;
  if (value instanceof Unknown) {
    walk.known.set(path, { text: `unknown ${value.reason}`, sources });
  } else if (shape.kind === 'object') {
    const object = value as { readonly [name: string]: unknown };
    for (const [name, field] of Object.entries(shape.fields)) {
      visitField(walk, field, object[name], path === '' ? name : `${path}.${name}`, sources);
    }
  } else if (shape.kind === 'list' && (value as readonly unknown[]).length > 0) {
    inOrder(value as readonly unknown[]).forEach((element, index) => {
      visit(walk, shape.element, element, `${path}[${index}]`, sources);
    });
  } else {
    walk.known.set(path, { text: JSON.stringify(encode(shape, value)), sources });
  }
}

/** The order of a list means nothing in the model, but for that of the statements within one document. */
function inOrder(list: readonly unknown[]): readonly unknown[] {
  return list
    .map((element) => [sortKey(element), element] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, element]) => element);
}

function sortKey(element: unknown): string {
  if (typeof element === 'string') return element;
  if (typeof element !== 'object' || element === null || element instanceof Unknown) return '';
  const { policyArn, policyName, arn, type, name, value } = element as { readonly [name: string]: unknown };
  return JSON.stringify([policyArn ?? '', policyName ?? '', arn ?? '', type ?? '', name ?? '', value ?? '']);
}

function visitField(walk: Walk, field: Field, value: unknown, path: string, above: readonly SourceName[]): void {
  const sources = above.filter((source) => field.sources?.includes(source) ?? true);
  if (sources.includes(walk.source)) visit(walk, field.shape, value, path, sources);
  else walk.beyond.set(path, value);
}

/** A fact on which the sources that can know it do not agree. */
export interface Difference {
  /** Type, scenario and attribute path. */
  readonly at: string;
  /** What each says, as text; `absent` for what is known not to be there. Left out: the source cannot know, or has no such scenario. */
  readonly said: { readonly [source in SourceName]?: string };
}

/** All facts that differ between what the sources say of one resource. */
export function compare(at: string, facts: ReadonlyMap<SourceName, Facts>): readonly Difference[] {
  const all = new Map([...facts.values()].flatMap(({ known }) => [...known].map(([path, { sources }]) => [path, sources] as const)));
  return [...all].flatMap(([path, sources]): readonly Difference[] => {
    const said = [...facts]
      .filter(([source]) => sources.includes(source))
      .map(([source, { known }]) => [source, known.get(path)?.text ?? 'absent'] as const);
    return new Set(said.map(([, text]) => text)).size > 1 ? [{ at: `${at} ${path}`, said: Object.fromEntries(said) }] : [];
  });
}
