import type { At, BinaryOperator, ComprehensionKind, Expression } from '../model/expression.ts';
import { binaryOperators, comprehensionKinds } from '../model/expression.ts';
import { bool, int, list, string } from '../resources/shape.ts';
import type { ASTNode, CelProblem, VariableTypes } from './cel-library.ts';
import { typeName, type ExpressionType } from './expression-type.ts';
import { celFunctionByName, celFunctions } from './functions/index.ts';
import { nearestName } from './nearest-name.ts';
import { binaryType, emptyList, isComparable, unify } from './operator-types.ts';

export interface Problem extends CelProblem {
  readonly hint?: string;
}

export interface Lowered {
  readonly expression: Expression;
  readonly type: ExpressionType;
}

/** Thrown inside this module only; one problem ends the lowering of one expression. */
class LoweringProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

type Scope = VariableTypes;

function fail(at: At, message: string, hint?: string): never {
  throw new LoweringProblem({ message, start: at.start, end: at.end, ...(hint === undefined ? {} : { hint }) });
}

const isOneOf = <T extends string>(words: readonly T[], word: string): word is T => (words as readonly string[]).includes(word);

/**
 * Turns the library's syntax tree into our Expression, with the type of every part: only what the evaluator knows
 * gets through. It also closes what the library's check leaves open: `has()` of a misspelt field is refused here.
 */
export function lower(ast: ASTNode, scope: Scope): Lowered | { readonly problem: Problem } {
  try {
    return lowerNode(ast, scope);
  } catch (error) {
    if (error instanceof LoweringProblem) return { problem: error.problem };
    throw error;
  }
}

function lowerNode(node: ASTNode, scope: Scope): Lowered {
  const at: At = { start: node.range.start, end: node.range.end };
  switch (node.op) {
    case 'value':
      return lowerLiteral(node.args, at);
    case 'id': {
      const type = scope.get(node.args);
      if (!type) return fail(at, `there is no variable ${node.args}`, didYouMean(node.args, scope.keys()));
      return { expression: { op: 'variable', name: node.args, ...at }, type };
    }
    case '.':
      return lowerSelect(node.args[0], node.args[1], 'select', at, scope);
    case '[]':
      return lowerIndex(node.args[0], node.args[1], at, scope);
    case '!_': {
      const operand = lowerNode(node.args, scope);
      requireKind(operand, 'bool', node.args);
      return { expression: { op: 'not', operand: operand.expression, ...at }, type: bool };
    }
    case '-_': {
      const operand = lowerNode(node.args, scope);
      requireKind(operand, 'int', node.args);
      return { expression: { op: 'negate', operand: operand.expression, ...at }, type: int };
    }
    case '&&':
    case '||': {
      const left = lowerNode(node.args[0], scope);
      const right = lowerNode(node.args[1], scope);
      requireKind(left, 'bool', node.args[0]);
      requireKind(right, 'bool', node.args[1]);
      return { expression: { op: node.op === '&&' ? 'and' : 'or', left: left.expression, right: right.expression, ...at }, type: bool };
    }
    case '?:': {
      const [test, then, otherwise] = node.args.map((part) => lowerNode(part, scope)) as [Lowered, Lowered, Lowered];
      requireKind(test, 'bool', node.args[0]);
      const type = unify(then.type, otherwise.type) ?? fail(at, `the branches differ: ${then.type.kind} and ${otherwise.type.kind}`);
      return {
        expression: { op: 'conditional', test: test.expression, then: then.expression, otherwise: otherwise.expression, ...at },
        type,
      };
    }
    case 'list': {
      const elements = node.args.map((element) => lowerNode(element, scope));
      const expression: Expression = { op: 'list', elements: elements.map((element) => element.expression), ...at };
      const [first, ...rest] = elements;
      if (!first) return { expression, type: emptyList };
      const element = rest.reduce<ExpressionType>(
        (type, next) => unify(type, next.type) ?? fail(next.expression, `the elements differ: ${type.kind} and ${next.type.kind}`),
        first.type,
      );
      if (element.kind === 'duration') return fail(at, 'a list cannot hold durations');
      return { expression, type: list(element) };
    }
    case 'call':
      return lowerCall(node.args[0], node.args[1], at, scope);
    case 'rcall':
      return lowerMethod(node.args[0], node.args[1], node.args[2], at, scope);
    case '/':
    case '%':
      return fail(at, `${node.op} is not supported: whole numbers would be divided in two different ways`);
    case 'map':
      return fail(at, 'map literals are not supported');
    case '.?':
    case '[?]':
      return fail(at, 'optional selection is not supported; use has()');
    default:
      return lowerBinary(node, at, scope);
  }
}

function lowerLiteral(value: unknown, at: At): Lowered {
  if (typeof value === 'string') return { expression: { op: 'literal', value, ...at }, type: string };
  if (typeof value === 'boolean') return { expression: { op: 'literal', value, ...at }, type: bool };
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) return fail(at, 'the number is beyond 2^53');
    return { expression: { op: 'literal', value: number, ...at }, type: int };
  }
  if (value === null) return fail(at, 'there is no null here: an attribute that is not set is absent', 'use has() or !has()');
  return fail(at, 'only whole numbers, texts in quotes, true and false can be written here');
}

function lowerSelect(targetNode: ASTNode, field: string, op: 'select' | 'has', at: At, scope: Scope): Lowered {
  const target = lowerNode(targetNode, scope);
  const fieldAt = { start: Math.max(at.start, at.end - field.length), end: at.end };
  if (target.type.kind === 'map') {
    return { expression: { op, target: target.expression, field, map: true, ...at }, type: op === 'has' ? bool : target.type.value };
  }
  if (target.type.kind !== 'object') return fail(fieldAt, `a ${target.type.kind} has no field ${field}`);
  const declared = Object.hasOwn(target.type.fields, field) ? target.type.fields[field] : undefined;
  if (!declared) {
    const names = Object.keys(target.type.fields);
    const listed = names.length <= 12 ? `; it has ${names.join(', ')}` : '';
    return fail(fieldAt, `${printPath(targetNode)} has no ${field}${listed}`, didYouMean(field, names));
  }
  return { expression: { op, target: target.expression, field, map: false, ...at }, type: op === 'has' ? bool : declared.shape };
}

function lowerIndex(targetNode: ASTNode, indexNode: ASTNode, at: At, scope: Scope): Lowered {
  const target = lowerNode(targetNode, scope);
  const index = lowerNode(indexNode, scope);
  if (target.type.kind === 'list') {
    requireKind(index, 'int', indexNode);
    return {
      expression: { op: 'index', target: target.expression, index: index.expression, map: false, ...at },
      type: target.type.element,
    };
  }
  if (target.type.kind === 'map') {
    requireKind(index, 'string', indexNode);
    return { expression: { op: 'index', target: target.expression, index: index.expression, map: true, ...at }, type: target.type.value };
  }
  return fail(at, `a ${target.type.kind} has no elements`);
}

function lowerBinary(node: Extract<ASTNode, { op: BinaryOperator | '/' | '%' }>, at: At, scope: Scope): Lowered {
  if (!isOneOf(binaryOperators, node.op)) return fail(at, `${node.op} is not supported`);
  const left = lowerNode(node.args[0], scope);
  const right = lowerNode(node.args[1], scope);
  const [a, b] = [left.type, right.type];
  if ((node.op === '==' || node.op === '!=' || node.op === 'in') && !isComparable(a)) {
    return fail(at, `two values of type ${a.kind} cannot be compared`, 'compare their fields');
  }
  const type = binaryType(node.op, a, b);
  if (!type) {
    const span = (a.kind === 'duration' && b.kind === 'int') || (a.kind === 'timestamp' && b.kind === 'int');
    return fail(
      at,
      `${typeName(a)} ${node.op} ${typeName(b)} is not possible`,
      span ? 'write a span of time as days(90) or hours(36)' : undefined,
    );
  }
  return { expression: { op: node.op, left: left.expression, right: right.expression, ...at }, type };
}

function lowerCall(name: string, argNodes: readonly ASTNode[], at: At, scope: Scope): Lowered {
  if (name === 'has') {
    const [argument] = argNodes;
    if (argNodes.length !== 1 || argument?.op !== '.')
      return fail(at, 'has() takes one attribute, such as has(resource.rotation.schedule)');
    const selected = lowerSelect(
      argument.args[0],
      argument.args[1],
      'has',
      { start: argument.range.start, end: argument.range.end },
      scope,
    );
    return { ...selected, expression: { ...selected.expression, ...at } };
  }
  if (name === 'size') {
    const [argument] = argNodes;
    if (argNodes.length !== 1 || !argument) return fail(at, 'size() takes one argument');
    const { type } = lowerNode(argument, scope);
    return celFunctionByName.has(`${type.kind}.size`)
      ? lowerMethod('size', argument, [], at, scope)
      : fail(argument.range, `a ${type.kind} has no size`);
  }
  const fn = celFunctionByName.get(name);
  if (!fn || fn.form !== 'global') {
    const names = celFunctions.filter((known) => known.form === 'global').map((known) => known.name);
    return fail(
      { start: at.start, end: at.start + name.length },
      `there is no function ${name}()`,
      didYouMean(name, [...names, 'has', 'size']),
    );
  }
  return lowerArguments(name, [], argNodes, at, scope);
}

function lowerMethod(name: string, receiverNode: ASTNode, argNodes: readonly ASTNode[], at: At, scope: Scope): Lowered {
  if (isOneOf(comprehensionKinds, name)) return lowerComprehension(name, receiverNode, argNodes, at, scope);
  if (receiverNode.op === 'id' && !scope.has(receiverNode.args)) {
    const qualified = `${receiverNode.args}.${name}`;
    if (celFunctionByName.get(qualified)?.form === 'namespaced') return lowerArguments(qualified, [], argNodes, at, scope);
    const names = celFunctions.filter((fn) => fn.form === 'namespaced').map((fn) => fn.name);
    return fail({ start: at.start, end: receiverNode.range.end }, `there is no function ${qualified}()`, didYouMean(qualified, names));
  }
  const receiver = lowerNode(receiverNode, scope);
  const qualified = `${receiver.type.kind}.${name}`;
  if (!celFunctionByName.has(qualified)) {
    const prefix = `${receiver.type.kind}.`;
    const names = celFunctions.filter((fn) => fn.name.startsWith(prefix)).map((fn) => fn.name.slice(prefix.length));
    const macros = receiver.type.kind === 'list' ? comprehensionKinds : [];
    return fail(at, `a ${receiver.type.kind} has no method ${name}()`, didYouMean(name, [...names, ...macros]));
  }
  return lowerArguments(qualified, [receiver], argNodes, at, scope);
}

function lowerArguments(name: string, before: readonly Lowered[], argNodes: readonly ASTNode[], at: At, scope: Scope): Lowered {
  const fn = celFunctionByName.get(name);
  if (!fn) return fail(at, `there is no function ${name}()`);
  const args = [...before, ...argNodes.map((argument) => lowerNode(argument, scope))];
  if (args.length !== fn.params.length) {
    return fail(at, `${name}() takes ${fn.params.length - before.length} arguments, not ${argNodes.length}`);
  }
  for (const [index, { type }] of args.entries()) {
    const wanted = fn.params[index];
    const fits = wanted === undefined || wanted === 'any' || wanted.kind === type.kind;
    if (!fits) return fail(argNodes[index - before.length]?.range ?? at, `${name}() expects ${typeName(wanted)}, found ${typeName(type)}`);
  }
  const constants = args.map(({ expression }) => (expression.op === 'literal' ? expression.value : undefined));
  const wrong = fn.checkConstants?.(constants);
  if (wrong !== undefined) return fail(at, wrong);
  return { expression: { op: 'call', name, args: args.map((argument) => argument.expression), ...at }, type: fn.returns };
}

function lowerComprehension(kind: ComprehensionKind, receiverNode: ASTNode, argNodes: readonly ASTNode[], at: At, scope: Scope): Lowered {
  const range = lowerNode(receiverNode, scope);
  const [variableNode, ...rest] = argNodes;
  const longForm = kind === 'map' && rest.length === 2;
  if (variableNode?.op !== 'id' || (rest.length !== 1 && !longForm)) return fail(at, `write ${kind}(item, condition)`);
  const variable = variableNode.args;
  if (scope.has(variable)) return fail(variableNode.range, `${variable} is taken already; choose another name`);
  // A map is walked by its keys, as CEL does.
  const element = range.type.kind === 'list' ? range.type.element : range.type.kind === 'map' ? string : undefined;
  if (!element) return fail(at, `${kind}() needs a list`);
  const inner = new Map<string, ExpressionType>([...scope, [variable, element]]);
  const bodyNode = rest[rest.length - 1] as ASTNode;
  const filter = longForm ? lowerNode(rest[0] as ASTNode, inner) : undefined;
  if (filter) requireKind(filter, 'bool', rest[0] as ASTNode);
  const body = lowerNode(bodyNode, inner);
  if (kind !== 'map') requireKind(body, 'bool', bodyNode);
  if (kind === 'map' && body.type.kind === 'duration') return fail(at, 'a list cannot hold durations');
  const type = kind === 'map' ? list(body.type as Exclude<ExpressionType, { kind: 'duration' }>) : kind === 'filter' ? list(element) : bool;
  const expression: Expression = {
    op: 'comprehension',
    kind,
    variable,
    range: range.expression,
    body: body.expression,
    ...(filter ? { filter: filter.expression } : {}),
    ...at,
  };
  return { expression, type };
}

function requireKind(lowered: Lowered, kind: ExpressionType['kind'], node: ASTNode): void {
  if (lowered.type.kind !== kind) fail(node.range, `expected ${kind}, found ${lowered.type.kind}`);
}

function printPath(node: ASTNode): string {
  return node.input.slice(node.range.start, node.range.end);
}

function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? undefined : `did you mean ${nearest}?`;
}
