import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { iamStatement } from '../resources/iam-statement.ts';
import type { ObjectShape } from '../resources/shape.ts';
import { celTypeName, type ExpressionType } from './expression-type.ts';
import { celFunctions } from './functions/index.ts';

/** The one module that knows the CEL library: it parses and checks types; evaluating is ours. */
export type { ASTNode };

export interface CelProblem {
  readonly message: string;
  /** Offsets into the expression. */
  readonly start: number;
  readonly end: number;
}

/** Names that an expression may use, with their types. */
export type VariableTypes = ReadonlyMap<string, ExpressionType>;

const longestExpression = 2000;
const limits = { maxAstNodes: 2000, maxDepth: 64, maxListElements: 500, maxCallArguments: 8 };

class Namespace {}

function registerObjects(environment: Environment, type: ExpressionType, done: Set<string>): void {
  switch (type.kind) {
    case 'list':
      registerObjects(environment, type.element, done);
      return;
    case 'map':
      registerObjects(environment, type.value, done);
      return;
    case 'object':
      registerObject(environment, type, done);
      return;
    default:
      return;
  }
}

function registerObject(environment: Environment, shape: ObjectShape, done: Set<string>): void {
  if (done.has(shape.name)) return;
  done.add(shape.name);
  for (const field of Object.values(shape.fields)) registerObjects(environment, field.shape, done);
  const schema = Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, celTypeName(field.shape)]));
  environment.registerType({ name: shape.name, schema });
}

let base: Environment | undefined;

/** Types and functions that every policy has; made once, since cloning it is cheap. */
function baseEnvironment(): Environment {
  if (base) return base;
  const environment = new Environment({ limits });
  registerObjects(environment, iamStatement, new Set());
  const unused = (): never => {
    throw new Error('the CEL library only checks types');
  };
  const namespaces = new Set<string>();
  for (const fn of celFunctions) {
    if (fn.standard) continue;
    const params = fn.params.map((param) => (param === 'any' ? 'dyn' : celTypeName(param)));
    const returns = celTypeName(fn.returns);
    const [first = '', second] = fn.name.split('.');
    if (fn.form !== 'namespaced') {
      environment.registerFunction(`${fn.name}(${params.join(', ')}): ${returns}`, unused);
      continue;
    }
    const type = `${first[0]?.toUpperCase()}${first.slice(1)}Namespace`;
    if (!namespaces.has(first)) {
      namespaces.add(first);
      // Each namespace needs a class of its own: the library tells types apart by constructor.
      const constructor = class extends Namespace {};
      environment.registerType(type, constructor);
      environment.registerConstant(first, type, new constructor());
    }
    environment.registerFunction(`${type}.${second}(${params.join(', ')}): ${returns}`, unused);
  }
  base = environment;
  return environment;
}

/** An environment in which the given variables exist. */
export function createEnvironment(variables: VariableTypes): Environment {
  const environment = baseEnvironment().clone();
  const done = new Set<string>(['IamStatement', 'IamPrincipal', 'IamCondition', 'IamDenial']);
  for (const [name, type] of variables) {
    registerObjects(environment, type, done);
    environment.registerVariable(name, celTypeName(type));
  }
  return environment;
}

/** Whether a variable may have this name: not a word of CEL, a type, or a namespace of functions. */
export function isFreeName(name: string): boolean {
  if (['true', 'false', 'null', 'in'].includes(name)) return false;
  try {
    baseEnvironment().clone().registerVariable(name, 'bool');
    return true;
  } catch {
    return false;
  }
}

export type ParseOutcome = { readonly ast: ASTNode; readonly check: () => CelProblem | undefined } | { readonly problem: CelProblem };

function problemOf(error: unknown, text: string): CelProblem {
  const whole = { start: 0, end: text.length };
  if (error instanceof RangeError) return { message: 'nested too deeply', ...whole };
  if (error instanceof Error) {
    const { summary, range } = error as Error & { summary?: string; range?: { start: number; end: number } };
    return { message: summary ?? error.message, start: range?.start ?? 0, end: Math.max(range?.end ?? 0, (range?.start ?? 0) + 1) };
  }
  return { message: String(error), ...whole };
}

/** Parses within the limits of size and depth. */
export function parseCel(environment: Environment, text: string): ParseOutcome {
  if (text.length > longestExpression) {
    return { problem: { message: `the expression is longer than ${longestExpression} characters`, start: 0, end: 1 } };
  }
  try {
    const parsed = environment.parse(text);
    return {
      ast: parsed.ast,
      check: () => {
        try {
          const result = parsed.check();
          return result.valid ? undefined : problemOf(result.error ?? new Error('does not type-check'), text);
        } catch (error) {
          return problemOf(error, text);
        }
      },
    };
  } catch (error) {
    return { problem: problemOf(error, text) };
  }
}
