import { Unknown } from '../../model/unknown.ts';
import { BlockReference, referenceText } from './block-reference.ts';
import { planned, type Block } from './block.ts';
import { callFunction } from './functions.ts';
import type { HclExpression } from './hcl/index.ts';
import { isObject, own, step, type JsonObject } from './json.ts';
import { JsonEncoded, encodedText } from './json-encoded.ts';
import type { ModuleInstance } from './module-tree.ts';
import type { PlanReader } from './plan-reader.ts';
import type { ModuleFiles, SourceTree } from './source-tree.ts';

/** Where an expression stands. */
export interface Scope {
  readonly module: ModuleInstance;
  readonly files: ModuleFiles | undefined;
  /** Instance key of the block or module call around it. */
  readonly key: string | number | undefined;
  /** The `for_each` around it; undefined where there is none. */
  readonly forEach: HclExpression | undefined;
  /** Variables of `for` expressions and dynamic blocks. */
  readonly bound: ReadonlyMap<string, unknown>;
}

/** What evaluation needs besides, for one call from outside. */
export interface Run {
  readonly reader: Pick<PlanReader, 'index' | 'placeOf'>;
  readonly tree: SourceTree;
  /** Steps left; hostile code must end. */
  steps: number;
  /** Locals, variables and outputs under way, against cycles. */
  depth: number;
}

export const stepBudget = 50_000;
const deepest = 40;

const notUnderstood = (what: string): Unknown => new Unknown('unresolved-reference', `the code could not be followed: ${what}`);

/**
 * The value of an expression: JSON data, with Unknown where the plan or our understanding ends, BlockReference for what another
 * block will have after apply, and JsonEncoded. Null stands for null. It never guesses: a function that we do not know, a condition that
 * is not known, make it Unknown.
 */
export function evaluate(expression: HclExpression, scope: Scope, run: Run): unknown {
  run.steps -= 1;
  if (run.steps < 0) return notUnderstood('it is too long');
  const inner = (part: HclExpression): unknown => evaluate(part, scope, run);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'parentheses':
      return inner(expression.inner);
    case 'opaque':
      return notUnderstood(expression.reason);
    case 'template':
      return templateValue(expression.parts, inner, run);
    case 'object':
      return objectValue(expression.entries, inner);
    case 'list':
      return expression.elements.map(inner);
    case 'variable':
      return scope.bound.has(expression.name) ? scope.bound.get(expression.name) : notUnderstood(expression.name);
    case 'attribute':
    case 'index':
      return chainValue(expression, scope, run);
    case 'item':
      return scope.bound.get(' item') ?? notUnderstood('a splat');
    case 'splat':
      return splatValue(expression, scope, run);
    case 'call': {
      if (expression.expand) return expandedCall(expression, inner);
      return callFunction(expression.name, expression.args.map(inner));
    }
    case 'unary': {
      const operand = inner(expression.operand);
      if (expression.operator === '!') return typeof operand === 'boolean' ? !operand : notUnderstood('!');
      return typeof operand === 'number' ? -operand : notUnderstood('-');
    }
    case 'binary':
      return binaryValue(expression, inner);
    case 'conditional': {
      const test = inner(expression.test);
      if (typeof test === 'boolean') return inner(test ? expression.then : expression.otherwise);
      return test instanceof Unknown ? test : notUnderstood('a condition that is not known');
    }
    case 'for':
      return forValue(expression, scope, run);
    default:
      return expression satisfies never;
  }
}

function templateValue(parts: readonly (string | HclExpression)[], inner: (part: HclExpression) => unknown, run: Run): unknown {
  const [only] = parts;
  // `"${x}"` is x itself, whatever it is.
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return inner(only);
  let text = '';
  for (const part of parts) {
    const value = typeof part === 'string' ? part : inner(part);
    const piece = textPiece(value, run);
    if (piece instanceof Unknown) return piece;
    text += piece;
  }
  return text;
}

function textPiece(value: unknown, { reader }: Run): string | Unknown {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof BlockReference) return referenceText(value, reader.placeOf(value.block));
  if (value instanceof JsonEncoded) return encodedText(value) ?? notUnderstood('JSON that is not known');
  return value instanceof Unknown ? value : notUnderstood('a text');
}

function objectValue(
  entries: readonly { readonly key: HclExpression; readonly value: HclExpression }[],
  inner: (part: HclExpression) => unknown,
): unknown {
  const made: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
  for (const { key, value } of entries) {
    const name = inner(key);
    if (typeof name !== 'string' && typeof name !== 'number')
      return name instanceof Unknown ? name : notUnderstood('a key that is not known');
    made[String(name)] = inner(value);
  }
  return made;
}

/** `a.b[c].d`: the root decides how much of the chain is an address. */
function chainValue(expression: HclExpression, scope: Scope, run: Run): unknown {
  const links: HclExpression[] = [];
  let at = expression;
  while (at.kind === 'attribute' || at.kind === 'index') {
    links.unshift(at);
    at = at.target;
  }
  const steps: (string | number)[] = [];
  for (const link of links) {
    if (link.kind === 'attribute') steps.push(link.name);
    else if (link.kind === 'index') {
      const key = evaluate(link.index, scope, run);
      if (typeof key !== 'string' && typeof key !== 'number')
        return key instanceof Unknown ? key : notUnderstood('an index that is not known');
      steps.push(key);
    }
  }
  if (at.kind !== 'variable' || scope.bound.has(at.name)) return pick(evaluate(at, scope, run), steps);
  return addressValue(at.name, steps, scope, run);
}

function addressValue(root: string, steps: readonly (string | number)[], scope: Scope, run: Run): unknown {
  const [first] = steps;
  if (typeof first !== 'string') return notUnderstood(root);
  switch (root) {
    case 'var':
      return pick(variableValue(first, scope, run), steps.slice(1));
    case 'local':
      return pick(localValue(first, scope, run), steps.slice(1));
    case 'each':
      return first === 'key'
        ? (scope.key ?? notUnderstood('each.key'))
        : first === 'value'
          ? pick(eachValue(scope, run), steps.slice(1))
          : notUnderstood(root);
    case 'count':
      return typeof scope.key === 'number' ? scope.key : notUnderstood('count.index');
    case 'module':
      return moduleValue(steps, scope, run);
    case 'data':
      return resourceValue(`data.${first}.${String(steps[1])}`, steps.slice(2), scope, run);
    case 'path':
    case 'terraform':
    case 'self':
    case 'ephemeral':
      return notUnderstood(`${root}.${first}`);
    default:
      return resourceValue(`${root}.${first}`, steps.slice(1), scope, run);
  }
}

/** Follows attributes and indexes into a value; of a block they lead to what it will have. */
export function pick(value: unknown, steps: readonly (string | number)[]): unknown {
  let at = value;
  for (const [index, key] of steps.entries()) {
    if (at instanceof Unknown) return at;
    if (at instanceof BlockReference) return followBlock(at.block, [...at.attribute, ...steps.slice(index)]);
    if (at instanceof JsonEncoded) return notUnderstood('a part of a text');
    const next = step(at, typeof key === 'string' && Array.isArray(at) && /^\d+$/.test(key) ? Number(key) : key);
    if (next === undefined) return notUnderstood(`there is no ${String(key)}`);
    at = next;
  }
  return at;
}

function followBlock(block: Block, attribute: readonly (string | number)[]): unknown {
  const found = planned(block, attribute);
  switch (found.kind) {
    case 'known':
      return found.value;
    case 'omitted':
      return null;
    case 'unknown':
      return new BlockReference(block, attribute);
    default:
      return found satisfies never;
  }
}

function resourceValue(name: string, rest: readonly (string | number)[], scope: Scope, run: Run): unknown {
  const all = run.reader.index.instancesOf(scope.module, name);
  const [only, ...more] = all;
  if (only === undefined) return notUnderstood(`${name} is not in the plan`);
  if (more.length === 0 && only.key === undefined) return rest.length === 0 ? new BlockReference(only, []) : followBlock(only, rest);
  const [key] = rest;
  const mine = all.find((block) => block.key === key);
  if (mine) return rest.length === 1 ? new BlockReference(mine, []) : followBlock(mine, rest.slice(1));
  return rest.length === 0 ? instancesValue(all) : notUnderstood(`${name} has no such instance`);
}

/** A resource with `count` or `for_each` as a whole: a list or an object of its instances. */
function instancesValue(all: readonly Block[]): unknown {
  if (all.every(({ key }) => typeof key === 'number')) {
    return [...all].sort((a, b) => Number(a.key) - Number(b.key)).map((block) => new BlockReference(block, []));
  }
  const made: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
  for (const block of all) made[String(block.key)] = new BlockReference(block, []);
  return made;
}

function eachValue(scope: Scope, run: Run): unknown {
  if (scope.forEach === undefined || scope.key === undefined) return notUnderstood('each.value');
  const over = evaluate(scope.forEach, scope, run);
  if (over instanceof Unknown) return over;
  // Of a set the value is the key itself.
  if (Array.isArray(over)) return scope.key;
  return isObject(over) ? (own(over, String(scope.key)) ?? notUnderstood('each.value')) : notUnderstood('each.value');
}

function localValue(name: string, scope: Scope, run: Run): unknown {
  const found = scope.files?.local(name);
  if (found === undefined) return notUnderstood(`local.${name}`);
  return nested(run, () => evaluate(found.attribute.value, { ...scope, bound: new Map(), key: undefined, forEach: undefined }, run));
}

function nested(run: Run, evaluateIt: () => unknown): unknown {
  if (run.depth >= deepest) return notUnderstood('it is too deep');
  run.depth += 1;
  try {
    return evaluateIt();
  } finally {
    run.depth -= 1;
  }
}

function variableValue(name: string, { module }: Scope, run: Run): unknown {
  const { parent, config } = module;
  if (parent === undefined) {
    const given = own(own(run.reader.index.plan.variables, name), 'value');
    const value = given === undefined ? own(own(own(run.reader.index.root.body, 'variables'), name), 'default') : given;
    return value === undefined ? notUnderstood(`var.${name}`) : value;
  }
  if (config?.callName === undefined) return notUnderstood(`var.${name}`);
  const files = parent.config && run.tree.any(parent.config);
  const call = files?.find('module', config.callName);
  if (call === undefined) return notUnderstood(`var.${name}`);
  const argument = call.block.body.attributes.find((attribute) => attribute.name === name);
  if (argument === undefined) {
    const fallback = own(own(own(config.body, 'variables'), name), 'default');
    return fallback === undefined ? notUnderstood(`var.${name}`) : fallback;
  }
  const forEach = call.block.body.attributes.find((attribute) => attribute.name === 'for_each')?.value;
  return nested(run, () => evaluate(argument.value, { module: parent, files, key: module.key, forEach, bound: new Map() }, run));
}

function moduleValue(steps: readonly (string | number)[], scope: Scope, run: Run): unknown {
  const [name, second] = steps;
  const all = run.reader.index.moduleInstancesOf(scope.module, String(name));
  const [only, ...more] = all;
  const byKey = all.find(({ key }) => key !== undefined && key === second);
  const chosen = byKey ?? (more.length === 0 && only?.key === undefined ? only : undefined);
  const output = steps[byKey ? 2 : 1];
  if (chosen?.config === undefined || typeof output !== 'string') return notUnderstood(`module.${String(name)}`);
  const files = run.tree.any(chosen.config);
  const value = files?.find('output', output)?.block.body.attributes.find((attribute) => attribute.name === 'value')?.value;
  if (value === undefined) return notUnderstood(`module.${String(name)}.${output}`);
  const inner = nested(run, () => evaluate(value, { module: chosen, files, key: undefined, forEach: undefined, bound: new Map() }, run));
  return pick(inner, steps.slice(byKey ? 3 : 2));
}

function splatValue(expression: Extract<HclExpression, { kind: 'splat' }>, scope: Scope, run: Run): unknown {
  const target = evaluate(expression.target, scope, run);
  if (target === null) return [];
  if (target instanceof Unknown || target instanceof JsonEncoded) return target;
  const items = Array.isArray(target) ? (target as readonly unknown[]) : [target];
  return items.map((item) => evaluate(expression.each, { ...scope, bound: new Map([...scope.bound, [' item', item]]) }, run));
}

function expandedCall(expression: Extract<HclExpression, { kind: 'call' }>, inner: (part: HclExpression) => unknown): unknown {
  const args = expression.args.map(inner);
  const last = args.at(-1);
  return Array.isArray(last) ? callFunction(expression.name, [...args.slice(0, -1), ...(last as unknown[])]) : notUnderstood('...');
}

function binaryValue(
  { operator, left, right }: Extract<HclExpression, { kind: 'binary' }>,
  inner: (part: HclExpression) => unknown,
): unknown {
  const a = inner(left);
  if (operator === '&&' && a === false) return false;
  if (operator === '||' && a === true) return true;
  const b = inner(right);
  if (operator === '&&' || operator === '||') {
    if (typeof a === 'boolean' && typeof b === 'boolean') return operator === '&&' ? a && b : a || b;
    if (b === (operator === '||')) return b;
    return a instanceof Unknown ? a : notUnderstood(operator);
  }
  if (operator === '==' || operator === '!=') {
    const plain = [a, b].every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value));
    return plain ? (a === b) === (operator === '==') : notUnderstood(operator);
  }
  if (typeof a !== 'number' || typeof b !== 'number') return a instanceof Unknown ? a : b instanceof Unknown ? b : notUnderstood(operator);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? notUnderstood('/') : a / b;
    case '%':
      return b === 0 ? notUnderstood('%') : a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return operator satisfies never;
  }
}

function forValue(expression: Extract<HclExpression, { kind: 'for' }>, scope: Scope, run: Run): unknown {
  const over = evaluate(expression.collection, scope, run);
  if (over instanceof Unknown) return over;
  const entries: readonly (readonly [unknown, unknown])[] | undefined = Array.isArray(over)
    ? [...(over as readonly unknown[]).entries()]
    : isPlain(over)
      ? Object.entries(over)
      : undefined;
  if (entries === undefined || expression.grouped) return notUnderstood('for');
  const list: unknown[] = [];
  const made: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
  for (const [key, value] of entries) {
    const bound = new Map([...scope.bound, [expression.valueVar, value] as const]);
    if (expression.keyVar !== undefined) bound.set(expression.keyVar, key);
    const inner: Scope = { ...scope, bound };
    const holds = expression.condition === undefined ? true : evaluate(expression.condition, inner, run);
    if (typeof holds !== 'boolean') return holds instanceof Unknown ? holds : notUnderstood('if');
    if (!holds) continue;
    const result = evaluate(expression.value, inner, run);
    if (expression.key === undefined) list.push(result);
    else {
      const name = evaluate(expression.key, inner, run);
      if (typeof name !== 'string' && typeof name !== 'number') return name instanceof Unknown ? name : notUnderstood('for');
      made[String(name)] = result;
    }
  }
  return expression.key === undefined ? list : made;
}

function isPlain(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof BlockReference) && !(value instanceof JsonEncoded) && !(value instanceof Unknown);
}
