import type { PolicyPart } from '../../iac/policy-part.ts';
import type { SourceLocation } from '../../model/location.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { intrinsicOf, type Evaluator } from './evaluator.ts';
import { isObject, listOf, own, setOwn, type Path } from './json.ts';
import { loopPrefix } from './loops.ts';
import { Reference } from './reference.ts';
import type { RawResource } from './template.ts';

/** What a property is written as, below the functions that choose it; undefined when it is not there. */
export function rawAt(evaluator: Evaluator, resource: RawResource, path: Path): unknown {
  let raw: unknown = own(resource.body, 'Properties');
  for (const step of path) {
    raw = chosen(evaluator, raw);
    if (intrinsicOf(raw) !== undefined) raw = evaluator.evaluate(raw);
    if (raw instanceof Unknown) return raw;
    raw = unrolled(evaluator, raw);
    if (raw instanceof Unknown) return raw;
    raw = typeof step === 'number' ? listOf(raw)[indexOf(evaluator, listOf(raw), step) ?? -1] : own(raw, step);
  }
  return chosen(evaluator, raw);
}

/** The indexes of the elements of a list, those that are left out not counted; one that stands alone is a list of one. */
export function indexesAt(evaluator: Evaluator, resource: RawResource, path: Path): Maybe<readonly number[]> {
  const value = valueAt(evaluator, resource, path);
  if (value instanceof Unknown) return value;
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((_element, index) => index) : malformed(resource, path);
}

/** A map with what its loops make, as it would be written without them. */
function unrolled(evaluator: Evaluator, raw: unknown): unknown {
  if (!isObject(raw) || !Object.keys(raw).some((key) => key.startsWith(loopPrefix))) return raw;
  const made = {};
  for (const [key, value] of Object.entries(raw)) {
    if (!key.startsWith(loopPrefix)) {
      setOwn(made, key, value);
      continue;
    }
    const entries = evaluator.loop(key, value);
    if (entries instanceof Unknown) return entries;
    for (const entry of entries) setOwn(made, entry.key, entry.value);
  }
  return made;
}

/** The branch of a `Fn::If` whose condition is decided. */
function chosen(evaluator: Evaluator, raw: unknown): unknown {
  for (let node = raw, turns = 0; turns < 100; turns += 1) {
    const intrinsic = intrinsicOf(node);
    if (intrinsic?.name !== 'Fn::If') return isNoValue(intrinsic) ? undefined : node;
    const [name, then, otherwise] = listOf(intrinsic.argument);
    const holds = typeof name === 'string' ? evaluator.condition(name) : undefined;
    if (typeof holds !== 'boolean') return node;
    node = holds ? then : otherwise;
  }
  return raw;
}

function isNoValue(intrinsic: ReturnType<typeof intrinsicOf>): boolean {
  return intrinsic?.name === 'Ref' && intrinsic.argument === 'AWS::NoValue';
}

/** The value of a property; undefined when it is not set. */
export function valueAt(evaluator: Evaluator, resource: RawResource, path: Path): unknown {
  return evaluator.evaluate(rawAt(evaluator, resource, path));
}

export function malformed(resource: RawResource, path: Path): Unknown {
  return new Unknown('malformed-response', `${[resource.id, ...path].join('.')} is not of the type that CloudFormation takes`);
}

export function textAt(evaluator: Evaluator, resource: RawResource, path: Path): Maybe<string> | undefined {
  return evaluator.text(valueAt(evaluator, resource, path));
}

export function boolAt(evaluator: Evaluator, resource: RawResource, path: Path): Maybe<boolean> | undefined {
  const value = valueAt(evaluator, resource, path);
  if (value === undefined || value instanceof Unknown || typeof value === 'boolean') return value;
  if (value instanceof Reference) return open(value);
  // CloudFormation reads YAML 1.1, where yes and on are true.
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (['true', 'yes', 'on'].includes(text)) return true;
  return ['false', 'no', 'off'].includes(text) ? false : malformed(resource, path);
}

/** A whole number; undefined when it is not set. */
export function intAt(evaluator: Evaluator, resource: RawResource, path: Path): Maybe<number> | undefined {
  const value = valueAt(evaluator, resource, path);
  if (value === undefined || value instanceof Unknown) return value;
  if (value instanceof Reference) return open(value);
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : malformed(resource, path);
}

/** The elements of a list; one that stands alone is a list of one. Undefined when it is not set. */
export function listAt(evaluator: Evaluator, resource: RawResource, path: Path): Maybe<readonly unknown[]> | undefined {
  const value = valueAt(evaluator, resource, path);
  if (value === undefined || value instanceof Unknown) return value;
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function open(reference: Reference): Unknown {
  return new Unknown('unresolved-reference', `Fn::GetAtt ${reference.text.slice(0, 120)} is known when it is deployed`);
}

/** Tags, written as a list of Key and Value or as a map. Those that the stack adds are not in the template. */
export function tagsAt(
  evaluator: Evaluator,
  resource: RawResource,
  path: Path = ['Tags'],
): Maybe<{ readonly [key: string]: Maybe<string> }> {
  const value = valueAt(evaluator, resource, path);
  if (value === undefined) return {};
  if (value instanceof Unknown) return value;
  const tags = Object.create(null) as { [key: string]: Maybe<string> };
  const entries: readonly (readonly [unknown, unknown])[] | undefined = Array.isArray(value)
    ? (value as readonly unknown[]).map((tag) => (tag instanceof Unknown ? [tag, undefined] : [own(tag, 'Key'), own(tag, 'Value')]))
    : isObject(value)
      ? Object.entries(value)
      : undefined;
  if (entries === undefined) return malformed(resource, path);
  for (const [key, tag] of entries) {
    const name = evaluator.text(key);
    if (name instanceof Unknown) return name;
    if (name === undefined) return malformed(resource, path);
    tags[name] = evaluator.text(tag) ?? '';
  }
  return tags;
}

/** A policy document, and where it stands. */
export interface DocumentAt {
  readonly document: unknown;
  readonly locate: PolicyPart['locate'];
}

/** A policy document, with its references as the texts that they will be; undefined when it is not set. */
export function documentAt(evaluator: Evaluator, resource: RawResource, path: Path): DocumentAt | undefined {
  const value = valueAt(evaluator, resource, path);
  if (value === undefined) return undefined;
  return { document: asText(evaluator, value), locate: locateDocument(evaluator, resource, path) };
}

export function asText(evaluator: Evaluator, value: unknown): unknown {
  if (value instanceof Unknown || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((element: unknown) => asText(evaluator, element));
  if (!isObject(value)) return evaluator.text(value);
  // fromEntries defines its keys, so that __proto__ is an ordinary one.
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, asText(evaluator, element)]));
}

/** Positions within a policy document at a property. */
export function locateDocument(evaluator: Evaluator, resource: RawResource, path: Path): PolicyPart['locate'] {
  return (statement, rest) =>
    locateAt(evaluator, resource, [...path, ...(statement === undefined ? [] : ['Statement', statement, ...elementOf(rest)])]);
}

const elements: ReadonlyMap<string, string> = new Map([
  ['actions', 'Action'],
  ['notActions', 'NotAction'],
  ['resources', 'Resource'],
  ['notResources', 'NotResource'],
  ['principals', 'Principal'],
  ['notPrincipals', 'NotPrincipal'],
  ['conditions', 'Condition'],
  ['effect', 'Effect'],
  ['sid', 'Sid'],
]);

/** The element of a statement that an attribute of ours stands for, and the index in its list. */
function elementOf(rest: string): Path {
  const [, name = '', index] = /^(\w+)(?:\[(\d{1,6})\])?/.exec(rest) ?? [];
  const element = elements.get(name);
  if (element === undefined) return [];
  return index === undefined || ['Condition', 'Principal', 'NotPrincipal'].includes(element) ? [element] : [element, Number(index)];
}

/** Position of a property; of the resource's name where the path is empty. Nothing is read before a finding asks. */
export function locateAt(evaluator: Evaluator, resource: RawResource, path: Path): SourceLocation {
  const { template } = evaluator.world;
  if (path.length === 0) return template.locate(resource.path, resource.id);
  const traced = trace(evaluator, own(resource.body, 'Properties'), path);
  return template.locate([...resource.path, ...(traced.length === 0 ? [] : ['Properties']), ...traced], resource.id);
}

/**
 * The path in the code of a path in what comes of it: through the branches of `Fn::If`, and past the elements of a list that
 * are left out.
 */
function trace(evaluator: Evaluator, from: unknown, path: Path): Path {
  const traced: (string | number)[] = [];
  let raw = from;
  for (const step of path) {
    const into = branch(evaluator, raw, traced);
    if (Array.isArray(into) && typeof step === 'number') {
      const index = indexOf(evaluator, into as readonly unknown[], step);
      if (index === undefined) return traced;
      traced.push(index);
      raw = (into as readonly unknown[])[index];
    } else if (isObject(into) && typeof step === 'string' && Object.hasOwn(into, step)) {
      traced.push(step);
      raw = into[step];
    } else if (step !== 0) {
      return traced;
    }
  }
  branch(evaluator, raw, traced);
  return traced;
}

function branch(evaluator: Evaluator, raw: unknown, traced: (string | number)[]): unknown {
  let node = raw;
  for (let intrinsic = intrinsicOf(node); intrinsic?.name === 'Fn::If'; intrinsic = intrinsicOf(node)) {
    const [name, then, otherwise] = listOf(intrinsic.argument);
    const holds = typeof name === 'string' ? evaluator.condition(name) : undefined;
    const index = holds === false || isNoValue(intrinsicOf(then)) ? 2 : 1;
    traced.push('Fn::If', index);
    node = index === 1 ? then : otherwise;
  }
  return node;
}

/** For each list the indexes of the elements that are not left out. */
const kept = new WeakMap<Evaluator, WeakMap<readonly unknown[], readonly number[]>>();

function indexOf(evaluator: Evaluator, list: readonly unknown[], wanted: number): number | undefined {
  const known = kept.get(evaluator) ?? new WeakMap<readonly unknown[], readonly number[]>();
  kept.set(evaluator, known);
  const indexes =
    known.get(list) ??
    [...list.keys()].filter((index) => intrinsicOf(list[index]) === undefined || evaluator.evaluate(list[index]) !== undefined);
  known.set(list, indexes);
  return indexes[wanted];
}
