import type { Expression } from '../model/expression.ts';
import type { Assertion, Param, Policy } from '../model/policy.ts';
import { isFreeName, type VariableTypes } from '../expressions/cel-library.ts';
import { celTypeName, type ExpressionType } from '../expressions/expression-type.ts';
import { presentIfFalse, presentIfTrue, union, type Present } from '../expressions/guards.ts';
import { createParser, type ExpressionParser } from '../expressions/parse-expression.ts';
import { readsOf } from '../expressions/reads.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { bool, object, required, string, timestamp, type ObjectShape, type Shape } from '../resources/shape.ts';
import { createChecker, type CheckerOptions, type ConditionChecker } from './condition-checker.ts';
import { paramsShape } from './param-shape.ts';
import type { RawPolicy } from './raw-policy.ts';

/** Everything of a policy that depends on the type of its resource. */
export interface Draft {
  readonly variables: Policy['variables'];
  readonly exclude: Policy['exclude'];
  readonly each?: NonNullable<Policy['each']>;
  readonly when?: Expression;
  readonly assert: readonly Assertion[];
  readonly reads: ReadonlySet<string>;
}

/** Parses and checks the conditions of a policy for one resource type; problems go to `options.diagnostics`. */
export function draftPolicy(
  raw: RawPolicy,
  type: ResourceType,
  params: { readonly [name: string]: Param },
  options: Omit<CheckerOptions, 'resource'>,
): Draft {
  const checker = createChecker({ ...options, resource: type.shape });
  const fixed = new Map<string, ExpressionType>([
    ['resource', type.shape],
    ['params', paramsShape(params)],
    ['now', timestamp],
  ]);
  const { named, variables } = parseVariables(raw, fixed, checker);
  const parser = createParser(variables);
  const { exclude, present: included } = parseExclude(raw, parser, checker);
  const each = raw.each ? parseEach(raw.each, parser, included, checker) : undefined;
  const itemParser = each ? createParser(new Map([...variables, [each.variable, each.element] as const])) : parser;
  const when = raw.when === undefined ? undefined : checker.parse(['when'], raw.when, itemParser, bool, included);
  if (raw.when !== undefined && !when) checker.loseGuards();
  const present = when ? union(included, presentIfTrue(when)) : included;
  const key = each && raw.each?.key !== undefined ? checker.parse(['each', 'key'], raw.each.key, itemParser, string, present) : undefined;
  const assert = parseAssertions(raw, itemParser, present, when, each?.variable, checker);
  if (raw.remediation.cli !== undefined) checker.parseText(['remediation', 'cli'], raw.remediation.cli, parser);
  return {
    variables: named,
    exclude,
    ...(each ? { each: { variable: each.variable, in: each.expression, ...(key ? { key } : {}) } } : {}),
    ...(when ? { when } : {}),
    assert,
    reads: checker.reads,
  };
}

/** Names that every JavaScript object has; the evaluator reads declared names without asking whose they are. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** The named expressions, each of which may use those before it. */
function parseVariables(
  raw: RawPolicy,
  fixed: VariableTypes,
  checker: ConditionChecker,
): { readonly named: Policy['variables']; readonly variables: VariableTypes } {
  let variables = fixed;
  const named: { readonly name: string; readonly expression: Expression }[] = [];
  const fields: { [name: string]: ObjectShape['fields'][string] } = {};
  for (const [index, { name, expr }] of (raw.variables ?? []).entries()) {
    const path = ['variables', index, 'expr'];
    const parser = createParser(variables);
    const parsed = parser.parse(expr);
    if ('problem' in parsed) checker.report(path, parsed.problem);
    else if (parsed.type.kind === 'duration') checker.diagnostic(path, 'a variable cannot hold a duration');
    else if (isInherited(name)) checker.diagnostic(['variables', index, 'name'], `${name} is a reserved name; choose another`);
    else if (Object.hasOwn(fields, name)) checker.diagnostic(['variables', index, 'name'], `there is a variable ${name} already`);
    else {
      checker.check(path, parsed.expression, parser, new Set());
      checker.nameReads(name, parsed.expression);
      fields[name] = required(parsed.type, name);
      named.push({ name, expression: parsed.expression });
      variables = new Map([...variables, ['variables', object('PolicyVariables', { ...fields })] as const]);
    }
  }
  return { named, variables };
}

/** The exclusions, and what is present where none of them holds. */
function parseExclude(
  raw: RawPolicy,
  parser: ExpressionParser,
  checker: ConditionChecker,
): { readonly exclude: Policy['exclude']; readonly present: Present } {
  let present: Present = new Set();
  const exclude = (raw.exclude ?? []).flatMap((item, index) => {
    const expression = checker.parse(['exclude', index, 'if'], item.if, parser, bool, present);
    if (!expression) {
      checker.loseGuards();
      return [];
    }
    present = union(present, presentIfFalse(expression));
    return [{ if: expression, reason: item.reason }];
  });
  return { exclude, present };
}

function parseEach(
  raw: NonNullable<RawPolicy['each']>,
  parser: ExpressionParser,
  present: Present,
  checker: ConditionChecker,
): { readonly variable: string; readonly expression: Expression; readonly element: Shape } | undefined {
  if (parser.variables.has(raw.var)) {
    checker.diagnostic(['each', 'var'], `${raw.var} is taken already; choose another name`);
    return undefined;
  }
  if (!isFreeName(raw.var)) {
    checker.diagnostic(['each', 'var'], `${raw.var} is a word of the language; choose another name`);
    return undefined;
  }
  const parsed = parser.parse(raw.in);
  if ('problem' in parsed) {
    checker.report(['each', 'in'], parsed.problem);
    return undefined;
  }
  if (parsed.type.kind !== 'list') {
    checker.diagnostic(['each', 'in'], `expected a list, found ${celTypeName(parsed.type)}`);
    return undefined;
  }
  checker.check(['each', 'in'], parsed.expression, parser, present);
  return { variable: raw.var, expression: parsed.expression, element: parsed.type.element };
}

function parseAssertions(
  raw: RawPolicy,
  parser: ExpressionParser,
  present: Present,
  when: Expression | undefined,
  item: string | undefined,
  checker: ConditionChecker,
): readonly Assertion[] {
  const whenReads = when ? readsOf(when) : new Set<string>();
  return raw.assert.flatMap((assertion, index): Assertion[] => {
    const that = checker.parse(['assert', index, 'that'], assertion.that, parser, bool, present);
    const message = checker.parseText(['assert', index, 'message'], assertion.message, parser);
    checker.needs(message);
    const locate = assertion.locate === undefined ? undefined : locateChain(assertion.locate, parser);
    if (assertion.locate !== undefined && locate === undefined) {
      checker.diagnostic(
        ['assert', index, 'locate'],
        `${assertion.locate} is not an attribute`,
        'write a path such as resource.rotation.enabled',
      );
    }
    if (!that) return [];
    const evidence = [...checker.expand([...whenReads, ...readsOf(that), ...(locate === undefined ? [] : [locate])])]
      .filter((chain) => isEvidence(chain, item))
      .sort();
    return [{ that, message, evidence, ...(locate === undefined ? {} : { locate }) }];
  });
}

function isEvidence(chain: string, item: string | undefined): boolean {
  const root = chain.split('.')[0];
  return (root === 'resource' && chain !== 'resource' && chain !== 'resource.name') || root === item;
}

function locateChain(text: string, parser: ExpressionParser): string | undefined {
  const parsed = parser.parse(text);
  if ('problem' in parsed || !/^[A-Za-z]\w*(\.\w+)+$/.test(text)) return undefined;
  return text;
}
