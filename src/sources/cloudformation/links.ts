import { Unknown } from '../../model/unknown.ts';
import { Evaluator, ownedSecret } from './evaluator.ts';
import { own } from './json.ts';
import { nameProperties, Reference } from './reference.ts';
import type { RawResource } from './template.ts';
import { typeOf, type World } from './world.ts';

/** What a property leads to: a resource of the template, something outside of it, or what cannot be told. */
export type Link =
  { readonly kind: 'resource'; readonly id: string } | { readonly kind: 'outside' } | { readonly kind: 'lost'; readonly why: Unknown };

/** The resources of some types by what a text can name them with; those whose own name is not known apart. */
interface Named {
  readonly byName: ReadonlyMap<string, string>;
  readonly open: readonly string[];
}

const namedResources = new WeakMap<World, Map<string, Named>>();

function named(world: World, types: readonly string[]): Named {
  const known = namedResources.get(world) ?? new Map<string, Named>();
  namedResources.set(world, known);
  const key = types.join(' ');
  const made = known.get(key) ?? findNamed(world, types);
  known.set(key, made);
  return made;
}

function findNamed(world: World, types: readonly string[]): Named {
  const evaluator = new Evaluator(world);
  const byName = new Map<string, string>();
  const open: string[] = [];
  for (const { id, type } of world.resources.values()) {
    if (!types.includes(type) || !nameProperties.has(type)) continue;
    const name = evaluator.nameOf(id);
    if (name instanceof Unknown) open.push(id);
    else if (name !== undefined && !byName.has(name)) byName.set(name, id);
  }
  return { byName, open };
}

/** The resource that a text names: by its name, or by an ARN that ends with it, with the six characters of a secret or without. */
function findByText(text: string, { byName }: Named): string | undefined {
  const resource = /^arn:(?:[^:$]|\$\{[^}]*\})*:(?:[^:$]|\$\{[^}]*\})*:(?:[^:$]|\$\{[^}]*\})*:(?:[^:$]|\$\{[^}]*\})*:(.+)$/.exec(text)?.[1];
  if (resource === undefined) return byName.get(text);
  if (/^arn:[^/]*:iam::aws:/.test(text)) return undefined;
  // A name with a path has its slash behind `parameter`, one without has a slash that is not its own.
  const parameter = /^parameter(\/.+)$/.exec(resource)?.[1];
  if (parameter !== undefined) return byName.get(parameter) ?? byName.get(parameter.slice(1));
  const name = resource.replace(/^(?:secret:|key\/|role\/|user\/|group\/|policy\/)/, '');
  return byName.get(name) ?? byName.get(name.replace(/-[A-Za-z0-9]{6}$/, '')) ?? byName.get(name.slice(name.lastIndexOf('/') + 1));
}

/** Where a value leads, among the types that it may be of. */
export function linkOf(evaluator: Evaluator, value: unknown, types: readonly string[], depth = 0): Link {
  const { world } = evaluator;
  if (value instanceof Unknown) return { kind: 'lost', why: value };
  if (value instanceof Reference) {
    const type = typeOf(world, value.id) ?? '';
    if (types.includes(type)) return { kind: 'resource', id: value.id };
    const property = ownedSecret.get(type);
    if (property === undefined || depth > 8) {
      return { kind: 'lost', why: new Unknown('unresolved-reference', `it comes from ${value.text.slice(0, 120)}`) };
    }
    // An attachment stands for the secret that it attaches.
    const raw = own(own(world.resources.get(value.id)?.body, 'Properties'), property);
    return linkOf(evaluator, evaluator.evaluate(raw), types, depth + 1);
  }
  if (typeof value !== 'string') return { kind: 'outside' };
  const names = named(world, types);
  const id = findByText(value, names) ?? logicalIdIn(value, world, types);
  if (id !== undefined) return { kind: 'resource', id };
  const [maybe] = names.open;
  if (maybe === undefined) return { kind: 'outside' };
  return { kind: 'lost', why: new Unknown('unresolved-reference', `the name of ${maybe.slice(0, 120)} is not known`) };
}

/** The resource whose reference was put into a text, which ends with `${Id}`. */
function logicalIdIn(text: string, { resources }: World, types: readonly string[]): string | undefined {
  const id = /\$\{([A-Za-z0-9]{1,255})\}$/.exec(text)?.[1];
  const type = id === undefined ? undefined : resources.get(id)?.type;
  return type !== undefined && types.includes(type) ? id : undefined;
}

/** Whether a resource exists, as its condition says; Unknown when that is open. */
export function exists(evaluator: Evaluator, { body }: RawResource): boolean | Unknown {
  const condition = own(body, 'Condition');
  return typeof condition === 'string' ? evaluator.condition(condition) : true;
}

export interface Attached {
  readonly resource: RawResource;
  /** Index in the list of owners that the property holds; 0 for one that is no list. */
  readonly index: number;
}

/** The resources of one type that speak of others, such as the rotations of secrets. */
export interface AttachedResources {
  /** Those that certainly are of this owner, and exist. */
  readonly of: (owner: string) => readonly Attached[];
  /** Why one more may be of it; undefined when none can be. */
  readonly maybeOf: () => Unknown | undefined;
}

interface Links {
  readonly byOwner: ReadonlyMap<string, readonly Attached[]>;
  readonly lost: readonly { readonly resource: RawResource; readonly why: Unknown }[];
  /** Those whose links depend on open conditions. */
  readonly open: readonly RawResource[];
}

const linksOf = new WeakMap<World, Map<string, Links>>();

/** What a property of resources of one type leads to; a list of links is one for each element. */
export function attachedTo(evaluator: Evaluator, childType: string, property: string, types: readonly string[]): AttachedResources {
  const { world } = evaluator;
  const known = linksOf.get(world) ?? new Map<string, Links>();
  linksOf.set(world, known);
  const key = [childType, property, ...types].join(' ');
  const links = known.get(key) ?? findLinks(world, childType, property, types);
  known.set(key, links);
  const here = links.open.length === 0 ? undefined : collect(evaluator, links.open, property, types);
  return {
    of: (owner) =>
      [...(links.byOwner.get(owner) ?? []), ...(here?.byOwner.get(owner) ?? [])].filter(
        ({ resource }) => exists(evaluator, resource) !== false,
      ),
    maybeOf: () => {
      const one = [...links.lost, ...(here?.lost ?? [])].find(({ resource }) => exists(evaluator, resource) !== false);
      return (
        one &&
        new Unknown(one.why.reason, `${one.resource.id.slice(0, 120)} may be of it: ${one.why.detail}`, undefined, '', one.why.symbol)
      );
    },
  };
}

function findLinks(world: World, childType: string, property: string, types: readonly string[]): Links {
  const children = [...world.resources.values()].filter(({ type }) => type === childType);
  const open = new Set<RawResource>();
  const settled = children.filter((child) => {
    const evaluator = new Evaluator(world);
    linksAt(evaluator, child, property, types);
    if (evaluator.pending !== undefined) open.add(child);
    return evaluator.pending === undefined;
  });
  return { ...collect(new Evaluator(world), settled, property, types), open: [...open] };
}

function collect(evaluator: Evaluator, children: readonly RawResource[], property: string, types: readonly string[]): Omit<Links, 'open'> {
  const byOwner = new Map<string, Attached[]>();
  const lost: { resource: RawResource; why: Unknown }[] = [];
  for (const resource of children) {
    for (const [index, link] of linksAt(evaluator, resource, property, types).entries()) {
      if (link.kind === 'lost') lost.push({ resource, why: link.why });
      if (link.kind === 'resource') byOwner.set(link.id, [...(byOwner.get(link.id) ?? []), { resource, index }]);
    }
  }
  return { byOwner, lost };
}

/** Where a property of one resource leads: one link, or one for each element of its list. */
function linksAt(evaluator: Evaluator, resource: RawResource, property: string, types: readonly string[]): readonly Link[] {
  const value = evaluator.evaluate(own(own(resource.body, 'Properties'), property));
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((one) => linkOf(evaluator, one, types));
}

/** Whether a resource speaks of something that is not in the template, or cannot be told to be: it stands in for that. */
export function isOwnerless(evaluator: Evaluator, resource: RawResource, property: string, types: readonly string[]): boolean {
  return linksAt(evaluator, resource, property, types).some(({ kind }) => kind !== 'resource');
}
