import type { Diagnostic } from '../model/errors.ts';
import type { Expression, Template } from '../model/expression.ts';
import type { Assertion, Param, Policy } from '../model/policy.ts';
import { sourceNames } from '../model/source-name.ts';
import { isFreeName, type VariableTypes } from '../expressions/cel-library.ts';
import { celTypeName, type ExpressionType } from '../expressions/expression-type.ts';
import { presentIfFalse, presentIfTrue, union, unguardedReads, type Present } from '../expressions/guards.ts';
import type { Problem } from '../expressions/lower.ts';
import { createParser, type ExpressionParser } from '../expressions/parse-expression.ts';
import { calls, readsOf } from '../expressions/reads.ts';
import { findResourceType } from '../resources/index.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { bool, list, object, required, string, timestamp, type ObjectShape, type Shape } from '../resources/shape.ts';
import { unavailableIn } from './availability.ts';
import { paramProblem, paramsShape } from './param-shape.ts';
import { parseTemplate } from './parse-template.ts';
import type { RawPolicy } from './raw-policy.ts';
import type { YamlSource } from './yaml-source.ts';

type Path = readonly (string | number)[];

export interface CompiledPolicy {
  /** What could be made of it; not to be used for judging when there is an error among the diagnostics. */
  readonly policy?: Policy;
  readonly diagnostics: readonly Diagnostic[];
}

/** Type-checks the conditions of a policy against every resource type that it names. */
export function compilePolicy(raw: RawPolicy, source: YamlSource, origin: Policy['origin']): CompiledPolicy {
  const diagnostics: Diagnostic[] = [];
  const params = checkParams(raw, source, diagnostics);
  const types = (typeof raw.resource === 'string' ? [raw.resource] : raw.resource).flatMap((name) => findResourceType(name) ?? []);
  const drafts = types.map((type) => draftFor(raw, type, params, source, origin, diagnostics));
  const [draft, ...others] = drafts;
  if (!draft) return { diagnostics: deduplicate(diagnostics) };
  // The conditions are compiled once, so they must mean the same for every type that the policy judges.
  const different = types.find((_, index) => index > 0 && meaning(others[index - 1]) !== meaning(draft));
  if (different && !diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    const hint = 'write a policy for each';
    diagnostics.push(source.at(['resource'], `the conditions mean different things for ${types[0]?.name} and ${different.name}`, { hint }));
  }

  const policy: Policy = {
    id: raw.id,
    aliases: raw.aliases ?? [],
    title: raw.title,
    severity: raw.severity,
    description: raw.description,
    resources: types.map((type) => type.name),
    sources: raw.sources ?? sourceNames,
    tags: raw.tags ?? [],
    controls: raw.controls ?? [],
    equivalents: raw.equivalents ?? [],
    ...(raw.deprecated === undefined ? {} : { deprecated: raw.deprecated }),
    remediation: raw.remediation,
    params,
    variables: draft.variables,
    exclude: draft.exclude,
    ...(draft.each ? { each: draft.each } : {}),
    ...(draft.when && raw.when !== undefined ? { when: { expression: draft.when, text: raw.when } } : {}),
    assert: draft.assert,
    reads: Object.fromEntries(types.map((type, index) => [type.name, [...(drafts[index]?.reads ?? [])].sort()])),
    origin,
  };
  return { policy, diagnostics: deduplicate(diagnostics) };
}

/** What the drafts of a policy must have in common. */
function meaning(draft: Draft | undefined): string {
  return JSON.stringify({ ...draft, reads: [] });
}

/** Names that every JavaScript object has; the evaluator reads declared names without asking whose they are. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

function checkParams(raw: RawPolicy, source: YamlSource, diagnostics: Diagnostic[]): { readonly [name: string]: Param } {
  const params = Object.fromEntries(Object.entries(raw.params ?? {}).filter(([name]) => !isInherited(name)));
  for (const name of Object.keys(raw.params ?? {})) {
    if (isInherited(name) && !name.startsWith('_'))
      diagnostics.push(source.atKey(['params', name], `${name} is a reserved name; choose another`));
  }
  for (const [name, param] of Object.entries(params)) {
    const problem = paramProblem(param, param.default);
    if (problem !== undefined) diagnostics.push(source.at(['params', name, 'default'], problem));
    if (param.type !== 'int' && (param.minimum !== undefined || param.maximum !== undefined || param.accepts !== undefined)) {
      diagnostics.push(source.at(['params', name], 'minimum, maximum and accepts belong to an int'));
    }
  }
  return params;
}

interface Draft {
  readonly variables: Policy['variables'];
  readonly exclude: Policy['exclude'];
  readonly each?: NonNullable<Policy['each']>;
  readonly when?: Expression;
  readonly assert: readonly Assertion[];
  readonly reads: ReadonlySet<string>;
}

/** Everything of a policy that depends on the type of its resource. */
function draftFor(
  raw: RawPolicy,
  type: ResourceType,
  params: { readonly [name: string]: Param },
  source: YamlSource,
  origin: Policy['origin'],
  diagnostics: Diagnostic[],
): Draft {
  const report = (path: Path, problem: Problem): void => {
    const hint = problem.hint === undefined ? {} : { hint: problem.hint };
    diagnostics.push(source.at(path, problem.message, { ...hint, offset: problem.start }));
  };
  const sources = raw.sources ?? sourceNames;
  const reads = new Set<string>();
  const variableReads = new Map<string, ReadonlySet<string>>();
  /** Reads with those of the named variables in place of `variables.x`. */
  const expand = (paths: Iterable<string>): ReadonlySet<string> =>
    new Set([...paths].flatMap((path) => [...(variableReads.get(path) ?? [path])]));

  // Behind a guard that does not even parse, nobody can tell what is guarded.
  let guardsKnown = true;
  const check = (path: Path, expression: Expression, variables: VariableTypes, present: Present): void => {
    for (const unguarded of !guardsKnown ? [] : unguardedReads(expression, variables, present)) {
      const severity = origin.builtin ? 'error' : 'warning';
      const hint = `guard it with has(${unguarded.path}), here or in when`;
      diagnostics.push(
        source.at(path, `${unguarded.path} is optional and may be absent here`, { hint, offset: unguarded.start, severity }),
      );
    }
    if (path[0] !== 'exclude' && calls(expression, 'collected')) {
      diagnostics.push(source.at(path, 'collected() may only stand in exclude: elsewhere it could make an unknown pass'));
    }
    const paths = expand(readsOf(expression));
    for (const chain of paths) if (chain.startsWith('resource.')) reads.add(chain.slice('resource.'.length));
    for (const [chain, missing] of unavailableIn(paths, type.shape, sources)) {
      const hint = `limit the policy to the sources that know it: sources: [${sources.filter((name) => !missing.includes(name)).join(', ') || 'aws'}]`;
      diagnostics.push(source.at(path, `${chain} cannot be known in ${missing.join(', ')}`, { hint }));
    }
  };
  const parse = (
    path: Path,
    text: string,
    parser: ExpressionParser,
    expected: ExpressionType,
    present: Present,
  ): Expression | undefined => {
    const parsed = parser.parse(text, expected);
    if ('problem' in parsed) {
      report(path, parsed.problem);
      return undefined;
    }
    check(path, parsed.expression, parser.variables, present);
    return parsed.expression;
  };

  let variables: VariableTypes = new Map<string, ExpressionType>([
    ['resource', type.shape],
    ['params', paramsShape(params)],
    ['now', timestamp],
  ]);
  const named: { readonly name: string; readonly expression: Expression }[] = [];
  const fields: { [name: string]: ObjectShape['fields'][string] } = {};
  for (const [index, variable] of (raw.variables ?? []).entries()) {
    const path = ['variables', index, 'expr'];
    const parsed = createParser(variables).parse(variable.expr);
    if ('problem' in parsed) report(path, parsed.problem);
    else if (parsed.type.kind === 'duration') diagnostics.push(source.at(path, 'a variable cannot hold a duration'));
    else if (isInherited(variable.name))
      diagnostics.push(source.at(['variables', index, 'name'], `${variable.name} is a reserved name; choose another`));
    else if (Object.hasOwn(fields, variable.name))
      diagnostics.push(source.at(['variables', index, 'name'], `there is a variable ${variable.name} already`));
    else {
      check(path, parsed.expression, variables, new Set());
      variableReads.set(`variables.${variable.name}`, expand(readsOf(parsed.expression)));
      fields[variable.name] = required(parsed.type, variable.name);
      named.push({ name: variable.name, expression: parsed.expression });
      variables = new Map([...variables, ['variables', object('PolicyVariables', { ...fields })] as const]);
    }
  }

  const parser = createParser(variables);
  let present: Present = new Set();
  const exclude = (raw.exclude ?? []).flatMap((item, index) => {
    const expression = parse(['exclude', index, 'if'], item.if, parser, bool, present);
    if (!expression) {
      guardsKnown = false;
      return [];
    }
    present = union(present, presentIfFalse(expression));
    return [{ if: expression, reason: item.reason }];
  });

  const each = raw.each ? parseEach(raw.each, parser, present, { parse, report, source, diagnostics }) : undefined;
  const itemParser = each ? createParser(new Map([...variables, [each.variable, each.element] as const])) : parser;
  const when = raw.when === undefined ? undefined : parse(['when'], raw.when, itemParser, bool, present);
  if (when) present = union(present, presentIfTrue(when));
  else if (raw.when !== undefined) guardsKnown = false;
  const whenReads = when ? readsOf(when) : new Set<string>();
  const key = each && raw.each?.key !== undefined ? parse(['each', 'key'], raw.each.key, itemParser, string, present) : undefined;

  const assert = raw.assert.flatMap((item, index): Assertion[] => {
    const that = parse(['assert', index, 'that'], item.that, itemParser, bool, present);
    const message = parseText(['assert', index, 'message'], item.message, itemParser, report);
    for (const part of message) if (typeof part !== 'string') addReads(reads, expand(readsOf(part.expression)));
    const locate = item.locate === undefined ? undefined : locateChain(item.locate, itemParser);
    if (item.locate !== undefined && locate === undefined) {
      const hint = 'write a path such as resource.rotation.enabled';
      diagnostics.push(source.at(['assert', index, 'locate'], `${item.locate} is not an attribute`, { hint }));
    }
    if (!that) return [];
    const evidence = [...expand([...whenReads, ...readsOf(that), ...(locate === undefined ? [] : [locate])])]
      .filter((chain) => isEvidence(chain, each?.variable))
      .sort();
    return [{ that, message, evidence, ...(locate === undefined ? {} : { locate }) }];
  });
  if (raw.remediation.cli !== undefined) parseText(['remediation', 'cli'], raw.remediation.cli, parser, report);

  return {
    variables: named,
    exclude,
    ...(each ? { each: { variable: each.variable, in: each.expression, ...(key ? { key } : {}) } } : {}),
    ...(when ? { when } : {}),
    assert,
    reads,
  };
}

interface EachContext {
  readonly parse: (
    path: Path,
    text: string,
    parser: ExpressionParser,
    expected: ExpressionType,
    present: Present,
  ) => Expression | undefined;
  readonly report: (path: Path, problem: Problem) => void;
  readonly source: YamlSource;
  readonly diagnostics: Diagnostic[];
}

function parseEach(
  raw: NonNullable<RawPolicy['each']>,
  parser: ExpressionParser,
  present: Present,
  context: EachContext,
): { readonly variable: string; readonly expression: Expression; readonly element: Shape } | undefined {
  if (parser.variables.has(raw.var)) {
    context.diagnostics.push(context.source.at(['each', 'var'], `${raw.var} is taken already; choose another name`));
    return undefined;
  }
  if (!isFreeName(raw.var)) {
    context.diagnostics.push(context.source.at(['each', 'var'], `${raw.var} is a word of the language; choose another name`));
    return undefined;
  }
  const parsed = parser.parse(raw.in);
  if ('problem' in parsed) {
    context.report(['each', 'in'], parsed.problem);
    return undefined;
  }
  if (parsed.type.kind !== 'list') {
    context.diagnostics.push(context.source.at(['each', 'in'], `expected a list, found ${celTypeName(parsed.type)}`));
    return undefined;
  }
  const expression = context.parse(['each', 'in'], raw.in, parser, list(parsed.type.element), present);
  return expression && { variable: raw.var, expression, element: parsed.type.element };
}

function parseText(path: Path, text: string, parser: ExpressionParser, report: EachContext['report']): Template {
  const { template, problems } = parseTemplate(text, parser);
  for (const problem of problems) report(path, problem);
  return template;
}

function addReads(reads: Set<string>, chains: Iterable<string>): void {
  for (const chain of chains) if (chain.startsWith('resource.')) reads.add(chain.slice('resource.'.length));
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

function deduplicate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) unique.set(`${diagnostic.line}:${diagnostic.column}:${diagnostic.message}`, diagnostic);
  return [...unique.values()];
}
