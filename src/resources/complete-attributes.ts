import type { SourceName } from '../model/source-name.ts';
import { Unknown } from '../model/unknown.ts';
import type { Field, ObjectShape, Shape } from './shape.ts';

const sourceWords: { readonly [source in SourceName]: string } = {
  aws: 'a live account',
  terraform: 'a Terraform plan',
  cloudformation: 'a CloudFormation template',
};

/**
 * The attributes with Unknown `not-in-source` wherever the declaration says that the source cannot know them: never
 * absent, which would mean known not to be there. They are filled in in place: whoever made them gives them away.
 */
export function completeAttributes<T>(shape: ObjectShape, attributes: T, source: SourceName): T {
  return complete(shape, attributes, source, '') as T;
}

interface Plan {
  /** Fields beyond the source, with what stands for each. */
  readonly missing: readonly (readonly [string, Unknown])[];
  /** Fields with such fields somewhere below them. */
  readonly deeper: readonly (readonly [string, Shape])[];
}

const plans = new WeakMap<ObjectShape, Map<string, Plan>>();

/** What is to be done to an object of the shape, worked out once: thousands of resources are alike. */
function planFor(shape: ObjectShape, source: SourceName, path: string | undefined): Plan {
  const known = plans.get(shape) ?? new Map<string, Plan>();
  plans.set(shape, known);
  const key = path === undefined ? source : `${source} ${path}`;
  const made = known.get(key) ?? makePlan(shape, source, path);
  known.set(key, made);
  return made;
}

function makePlan(shape: ObjectShape, source: SourceName, path: string | undefined): Plan {
  const fields = Object.entries(shape.fields);
  const beyond = ({ sources }: Field): boolean => sources !== undefined && !sources.includes(source);
  return {
    missing: fields.flatMap(([name, field]) =>
      field.sources && beyond(field) ? [[name, notInSource(field.sources).at(pathBelow(path, name) ?? '')] as const] : [],
    ),
    deeper: fields.flatMap(([name, field]) => (!beyond(field) && mayLack(field.shape, source) ? [[name, field.shape] as const] : [])),
  };
}

function pathBelow(path: string | undefined, name: string): string | undefined {
  if (path === undefined) return undefined;
  return path === '' ? name : `${path}.${name}`;
}

/** `path` is where the value stands; undefined inside lists, whose elements have no path before they are counted. */
function complete(shape: Shape, value: unknown, source: SourceName, path: string | undefined): unknown {
  if (value === undefined || value instanceof Unknown || !mayLack(shape, source)) return value;
  switch (shape.kind) {
    case 'object':
      return completeObject(shape, value as { [name: string]: unknown }, source, path);
    case 'list':
      return (value as readonly unknown[]).map((element) => complete(shape.element, element, source, undefined));
    case 'map':
      return value;
    case 'string':
    case 'int':
    case 'bool':
    case 'timestamp':
      return value;
    default:
      return shape satisfies never;
  }
}

function completeObject(shape: ObjectShape, made: { [name: string]: unknown }, source: SourceName, path: string | undefined): unknown {
  const { missing, deeper } = planFor(shape, source, path);
  for (const [name, unknown] of missing) made[name] = unknown;
  for (const [name, inner] of deeper) if (made[name] !== undefined) made[name] = complete(inner, made[name], source, pathBelow(path, name));
  return made;
}

/** One Unknown for each set of sources: they differ in nothing. */
const unknowns = new Map<string, Unknown>();

function notInSource(sources: readonly SourceName[]): Unknown {
  const key = sources.join(' ');
  const made = unknowns.get(key) ?? new Unknown('not-in-source', `only ${sources.map((name) => sourceWords[name]).join(' or ')} can tell`);
  unknowns.set(key, made);
  return made;
}

const lacking = new WeakMap<Shape, Map<SourceName, boolean>>();

/** Whether any field below the shape is beyond the source; statements and the like are walked once, not for each resource. */
function mayLack(shape: Shape, source: SourceName): boolean {
  const known = lacking.get(shape) ?? new Map<SourceName, boolean>();
  lacking.set(shape, known);
  const answer = known.get(source) ?? lacks(shape, source);
  known.set(source, answer);
  return answer;
}

function lacks(shape: Shape, source: SourceName): boolean {
  switch (shape.kind) {
    case 'object':
      return Object.values(shape.fields).some(
        (field) => (field.sources !== undefined && !field.sources.includes(source)) || mayLack(field.shape, source),
      );
    case 'list':
      return mayLack(shape.element, source);
    case 'map':
    case 'string':
    case 'int':
    case 'bool':
    case 'timestamp':
      return false;
    default:
      return shape satisfies never;
  }
}
