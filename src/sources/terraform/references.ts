import { Unknown } from '../../model/unknown.ts';
import { parseSteps, type Step } from './address.ts';
import type { Block, Path } from './block.ts';
import { listOf, own, step, type JsonObject } from './json.ts';
import type { ConfigModule, ModuleInstance } from './module-tree.ts';
import type { PlanIndex } from './plan-index.ts';

/** Where a reference of the configuration leads. */
export type End =
  /** An attribute of a block: empty for the block as a whole. */
  | { readonly kind: 'block'; readonly block: Block; readonly attribute: Path }
  /** A value that the plan shows: of a root variable, a constant, a default. */
  | {
      readonly kind: 'value';
      readonly value: unknown;
      /** Written out, the default of a variable that nobody gave another value, or given from outside. */
      readonly origin: 'literal' | 'default' | 'given';
      /** Name of the root variable whose default it is; absent for others. */
      readonly variable?: string;
    }
  /** Nothing is set there. */
  | { readonly kind: 'omitted' }
  /** Nobody can tell from the plan; `name` is what stands in the configuration, such as `local.key`. */
  | { readonly kind: 'opaque'; readonly name: string };

/** Where an expression stands: in which module instance, under which instance key, over what it repeats. */
interface Context {
  readonly module: ModuleInstance;
  readonly key: string | number | undefined;
  readonly repeats: unknown;
}

const deepest = 12;

/** Whither the configuration of the block leads at the path. Undefined when it says nothing there: left out, or a dynamic block. */
export function endsOf(index: PlanIndex, block: Block, path: Path): readonly End[] | undefined {
  const expression = expressionAt(block.config, path);
  if (expression === undefined) return undefined;
  const repeats = own(block.config, 'for_each_expression');
  return endsOfExpression(index, expression, { module: block.module, key: block.key, repeats }, 0);
}

/** The same for an expression that the code has at the block, in the form of `configuration`. */
export function endsOfWritten(index: PlanIndex, block: Block, expression: unknown): readonly End[] {
  const repeats = own(block.config, 'for_each_expression');
  return endsOfExpression(index, expression, { module: block.module, key: block.key, repeats }, 0);
}

/** The expression of an attribute; an expression of a whole block or map stands for all below it. */
export function expressionAt(config: JsonObject | undefined, path: Path): unknown {
  let expression = own(config, 'expressions');
  for (const key of path) {
    if (isExpression(expression)) return expression;
    expression = step(expression, key);
  }
  return expression;
}

function isExpression(expression: unknown): boolean {
  return own(expression, 'references') !== undefined || own(expression, 'constant_value') !== undefined;
}

function endsOfExpression(index: PlanIndex, expression: unknown, context: Context, depth: number): readonly End[] {
  const constant = own(expression, 'constant_value');
  if (constant !== undefined) return [constant === null ? { kind: 'omitted' } : { kind: 'value', value: constant, origin: 'literal' }];
  const references = listOf(own(expression, 'references')).filter((entry): entry is string => typeof entry === 'string');
  // Literals through a function: `jsonencode({ … })`. The text is nowhere in the plan.
  if (references.length === 0) return [{ kind: 'opaque', name: 'an expression without references' }];
  const repeated = references.some((name) => name === 'count.index' || name === 'each.key' || name.startsWith('each.value'));
  const ends: End[] = [];
  for (const reference of longest(references)) {
    const found = endsOfReference(index, reference, context, repeated, depth + 1);
    for (const end of found) if (!ends.some((other) => same(other, end))) ends.push(end);
  }
  return ends;
}

/** Each reference is followed by its own prefixes, which say nothing more; some words lead nowhere. */
function longest(references: readonly string[]): readonly string[] {
  const useful = references.filter((name) => !/^(path|terraform|self)\.|^count\.index$|^each\.key$/.test(name));
  return useful.filter((name, at) => {
    const isPrefix = (other: string): boolean => other !== name && other.startsWith(name) && /[.[]/.test(other[name.length] ?? '');
    return useful.indexOf(name) === at && !useful.some(isPrefix);
  });
}

function same(a: End, b: End): boolean {
  if (a.kind === 'block' && b.kind === 'block') return a.block === b.block && a.attribute.join('.') === b.attribute.join('.');
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}

function endsOfReference(index: PlanIndex, reference: string, context: Context, repeated: boolean, depth: number): readonly End[] {
  const opaque: readonly End[] = [{ kind: 'opaque', name: reference }];
  const steps = parseSteps(reference);
  const [first, second] = steps ?? [];
  if (steps === undefined || first === undefined || !('name' in first) || depth > deepest) return opaque;
  switch (first.name) {
    case 'each':
      return eachValue(index, context, steps.slice(2), depth);
    case 'var':
      return second !== undefined && 'name' in second ? variable(index, second.name, context, steps.slice(2), depth) : opaque;
    case 'module':
      return output(index, steps, context, repeated, depth) ?? opaque;
    case 'local': {
      const expression = index.localExpression(context.module, nameAt(steps, 1));
      // What the rest of the reference picks out of the local, only its value could say.
      return expression === undefined ? opaque : endsOfExpression(index, expression, context, depth);
    }
    case 'ephemeral':
      return opaque;
    case 'data':
      return instances(index, `data.${nameAt(steps, 1)}.${nameAt(steps, 2)}`, steps.slice(3), context, repeated) ?? opaque;
    default:
      return instances(index, `${first.name}.${nameAt(steps, 1)}`, steps.slice(2), context, repeated) ?? opaque;
  }
}

function nameAt(steps: readonly Step[], at: number): string {
  const found = steps[at];
  return found !== undefined && 'name' in found ? found.name : '';
}

function pathOf(steps: readonly Step[]): Path {
  return steps.map((part) => ('name' in part ? part.name : part.key));
}

function instances(index: PlanIndex, name: string, rest: readonly Step[], context: Context, repeated: boolean): readonly End[] | undefined {
  const all = index.instancesOf(context.module, name);
  const [first] = rest;
  const literal = first !== undefined && 'key' in first ? first.key : undefined;
  const chosen = pick(all, ({ key }) => key, literal, context.key, repeated);
  if (chosen.length === 0) return undefined;
  const attribute = pathOf(literal === undefined ? rest : rest.slice(1));
  return chosen.map((block) => ({ kind: 'block', block, attribute }));
}

/** The instance with the key that is written, else that with the own key where the expression goes by it, else all of them. */
function pick<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string | number | undefined,
  literal: string | number | undefined,
  ownKey: string | number | undefined,
  repeated: boolean,
): readonly Item[] {
  if (literal !== undefined) return all.filter((item) => keyOf(item) === literal);
  if (all.length <= 1 || !repeated) return all;
  const mine = all.filter((item) => keyOf(item) === ownKey);
  return mine.length > 0 ? mine : all;
}

function eachValue(index: PlanIndex, context: Context, rest: readonly Step[], depth: number): readonly End[] {
  const opaque: readonly End[] = [{ kind: 'opaque', name: 'each.value' }];
  if (context.repeats === undefined) return opaque;
  const ends = endsOfExpression(index, context.repeats, context, depth);
  return ends.flatMap((end): readonly End[] => {
    if (end.kind !== 'block') return opaque;
    // Of a resource with for_each, `each.value` is its instance with the same key.
    if (end.attribute.length > 0) return opaque;
    return end.block.key === context.key ? [{ ...end, attribute: pathOf(rest) }] : [];
  });
}

function variable(index: PlanIndex, name: string, context: Context, rest: readonly Step[], depth: number): readonly End[] {
  const { module } = context;
  if (module.parent === undefined) return [rootVariable(index, name, rest)];
  const call = module.config?.call;
  const expression = own(own(call, 'expressions'), name);
  if (expression === undefined) return [withinValue(own(own(own(module.config?.body, 'variables'), name), 'default'), rest, 'default')];
  const outer: Context = { module: module.parent, key: module.key, repeats: own(call, 'for_each_expression') };
  return endsOfExpression(index, expression, outer, depth).map((end): End => {
    if (end.kind === 'value') return withinValue(end.value, rest, end.origin, end.variable);
    return end.kind === 'block' ? { ...end, attribute: [...end.attribute, ...pathOf(rest)] } : end;
  });
}

/** The value of a root variable; whether it is the literal default of the configuration or was given from outside. */
function rootVariable(index: PlanIndex, name: string, rest: readonly Step[]): End {
  const given = own(own(index.plan.variables, name), 'value');
  const fallback = own(own(own(index.root.body, 'variables'), name), 'default');
  if (given === undefined && fallback === undefined) return { kind: 'opaque', name: `var.${name}` };
  const value = given === undefined ? fallback : given;
  const isDefault = fallback !== undefined && fallback !== null && JSON.stringify(value) === JSON.stringify(fallback);
  return withinValue(value, rest, isDefault ? 'default' : 'given', isDefault ? name : undefined);
}

function withinValue(value: unknown, rest: readonly Step[], origin: 'literal' | 'default' | 'given', root?: string): End {
  let at = value;
  for (const key of pathOf(rest)) at = step(at, key);
  return at === undefined || at === null
    ? { kind: 'omitted' }
    : { kind: 'value', value: at, origin, ...(root === undefined ? {} : { variable: root }) };
}

function output(index: PlanIndex, steps: readonly Step[], context: Context, repeated: boolean, depth: number): readonly End[] | undefined {
  const call = nameAt(steps, 1);
  const written = steps[2];
  const literal = written !== undefined && 'key' in written ? written.key : undefined;
  const rest = steps.slice(literal === undefined ? 2 : 3);
  const name = nameAt(rest, 0);
  const all = index.moduleInstancesOf(context.module, call);
  const chosen = pick(all, ({ key }) => key, literal, context.key, repeated);
  const config: ConfigModule | undefined = context.module.config?.children.get(call);
  const expression = own(own(own(config?.body, 'outputs'), name), 'expression');
  if (expression === undefined || chosen.length === 0) return undefined;
  const inner = pathOf(rest.slice(1));
  return chosen.flatMap((module) =>
    endsOfExpression(index, expression, { module, key: undefined, repeats: undefined }, depth).map((end): End =>
      end.kind === 'block' ? { ...end, attribute: [...end.attribute, ...inner] } : end,
    ),
  );
}

/** Why a value is not known: known after apply, and what it comes from. */
export function afterApply(ends: readonly End[] | undefined): Unknown {
  const opaque = (ends ?? []).flatMap((end) => (end.kind === 'opaque' ? [end.name] : []));
  const [first] = opaque;
  if (first !== undefined && first !== 'an expression without references') {
    return new Unknown('unresolved-reference', `it comes from ${first}, which a plan does not show`);
  }
  const blocks = (ends ?? []).flatMap((end) => (end.kind === 'block' ? [nameOfEnd(end)] : []));
  const from = blocks.length === 0 ? '' : `; it comes from ${blocks.slice(0, 3).join(', ')}${blocks.length > 3 ? ' and more' : ''}`;
  return new Unknown('known-after-apply', `known after apply${from}`);
}

function nameOfEnd({ block, attribute }: Extract<End, { kind: 'block' }>): string {
  return [block.address, ...attribute].join('.');
}
