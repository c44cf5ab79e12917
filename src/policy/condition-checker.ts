import type { Diagnostic } from '../model/errors.ts';
import type { Expression, Template } from '../model/expression.ts';
import type { SourceName } from '../model/source-name.ts';
import type { ExpressionType } from '../expressions/expression-type.ts';
import { unguardedReads, type Present } from '../expressions/guards.ts';
import type { Problem } from '../expressions/lower.ts';
import type { ExpressionParser } from '../expressions/parse-expression.ts';
import { calls, readsOf } from '../expressions/reads.ts';
import type { ObjectShape } from '../resources/shape.ts';
import { unavailableIn } from './availability.ts';
import { parseTemplate } from './parse-template.ts';
import type { YamlSource } from './yaml-source.ts';

export type Path = readonly (string | number)[];

/** Parses and checks the conditions of one policy against one resource type, and keeps what they read. */
export interface ConditionChecker {
  /** Undefined when it has a problem, which is reported. `present`: what is known to be there at this place. */
  readonly parse: (
    path: Path,
    text: string,
    parser: ExpressionParser,
    expected: ExpressionType,
    present: Present,
  ) => Expression | undefined;
  /** Checks what was parsed elsewhere: guards, sources, `collected()`. */
  readonly check: (path: Path, expression: Expression, parser: ExpressionParser, present: Present) => void;
  readonly parseText: (path: Path, text: string, parser: ExpressionParser) => Template;
  /** The text is made while judging, so what it reads must be collected. */
  readonly needs: (template: Template) => void;
  readonly report: (path: Path, problem: Problem) => void;
  readonly diagnostic: (path: Path, message: string, hint?: string) => void;
  /** From now on `variables.NAME` stands for what this expression reads. */
  readonly nameReads: (name: string, expression: Expression) => void;
  /** Chains with those of named variables in place of `variables.NAME`. */
  readonly expand: (chains: Iterable<string>) => ReadonlySet<string>;
  /** A guard did not parse: nobody can tell any more what is guarded, so unguarded reads are no longer reported. */
  readonly loseGuards: () => void;
  /** Attribute paths read so far. */
  readonly reads: ReadonlySet<string>;
}

export interface CheckerOptions {
  readonly resource: ObjectShape;
  readonly sources: readonly SourceName[];
  readonly builtin: boolean;
  readonly source: YamlSource;
  readonly diagnostics: Diagnostic[];
}

export function createChecker({ resource, sources, builtin, source, diagnostics }: CheckerOptions): ConditionChecker {
  const reads = new Set<string>();
  const variableReads = new Map<string, ReadonlySet<string>>();
  let guardsKnown = true;

  const expand = (chains: Iterable<string>): ReadonlySet<string> =>
    new Set([...chains].flatMap((chain) => [...(variableReads.get(chain) ?? [chain])]));
  const keepReads = (chains: Iterable<string>): void => {
    for (const chain of chains) if (chain.startsWith('resource.')) reads.add(chain.slice('resource.'.length));
  };
  const diagnostic = (path: Path, message: string, hint?: string): void => {
    diagnostics.push(source.at(path, message, hint === undefined ? {} : { hint }));
  };
  const report = (path: Path, problem: Problem): void => {
    const hint = problem.hint === undefined ? {} : { hint: problem.hint };
    diagnostics.push(source.at(path, problem.message, { ...hint, offset: problem.start }));
  };

  const checkGuards = (path: Path, expression: Expression, parser: ExpressionParser, present: Present): void => {
    if (!guardsKnown) return;
    for (const unguarded of unguardedReads(expression, parser.variables, present)) {
      const hint = `guard it with has(${unguarded.path}), here or in when`;
      const details = { hint, offset: unguarded.start, severity: builtin ? 'error' : 'warning' } as const;
      diagnostics.push(source.at(path, `${unguarded.path} is optional and may be absent here`, details));
    }
  };
  const check = (path: Path, expression: Expression, parser: ExpressionParser, present: Present): void => {
    checkGuards(path, expression, parser, present);
    if (path[0] !== 'exclude' && calls(expression, 'collected')) {
      diagnostic(path, 'collected() may only stand in exclude: elsewhere it could make an unknown pass');
    }
    const chains = expand(readsOf(expression));
    keepReads(chains);
    for (const [chain, missing] of unavailableIn(chains, resource, sources)) {
      const able = sources.filter((name) => !missing.includes(name)).join(', ') || 'aws';
      diagnostic(
        path,
        `${chain} cannot be known in ${missing.join(', ')}`,
        `limit the policy to the sources that know it: sources: [${able}]`,
      );
    }
  };

  return {
    reads,
    check,
    report,
    diagnostic,
    expand,
    parse: (path, text, parser, expected, present) => {
      const parsed = parser.parse(text, expected);
      if ('problem' in parsed) {
        report(path, parsed.problem);
        return undefined;
      }
      check(path, parsed.expression, parser, present);
      return parsed.expression;
    },
    parseText: (path, text, parser) => {
      const { template, problems } = parseTemplate(text, parser);
      for (const problem of problems) report(path, problem);
      return template;
    },
    needs: (template) => {
      for (const part of template) if (typeof part !== 'string') keepReads(expand(readsOf(part.expression)));
    },
    nameReads: (name, expression) => {
      variableReads.set(`variables.${name}`, expand(readsOf(expression)));
    },
    loseGuards: () => {
      guardsKnown = false;
    },
  };
}
