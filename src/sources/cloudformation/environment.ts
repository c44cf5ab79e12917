import { declaredEnvironment, type Environment } from '../../iac/environment.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { describeVariable, type VariableValue } from '../../resources/describe-variable.ts';
import type { EnvironmentVariable } from '../../resources/environment-variable.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import type { Evaluator } from './evaluator.ts';
import { inspectValue } from './inspect-value.ts';
import type { Path } from './json.ts';
import { locateAt } from './properties.ts';
import { Reference } from './reference.ts';
import { isSecretAttribute } from './secret-attributes.ts';
import type { RawResource } from './template.ts';
import { forDetector, holdsMasked, originOf, pinnedIn, takeApart, type Taken } from './value-source.ts';

/** A variable of an environment as the template has it. */
export type Variable = {
  readonly name: Maybe<string>;
  readonly container?: string;
  readonly path: Path;
} & (
  | { readonly raw: unknown }
  /** Read from a store when it starts. */
  | { readonly store: Maybe<'secretsmanager' | 'ssm'>; readonly pinned?: Maybe<boolean> }
);

/** The variables as policies see them, and where each stands. */
export async function describeEnvironment(
  evaluator: Evaluator,
  classify: ValueClassifier,
  resource: RawResource,
  variables: Maybe<readonly Maybe<Variable>[]>,
  at: Path,
): Promise<Environment> {
  return await declaredEnvironment(
    variables,
    (variable) => describe(evaluator, classify, variable),
    (variable) => locateAt(evaluator, resource, variable?.path ?? at),
  );
}

async function describe(evaluator: Evaluator, classify: ValueClassifier, variable: Variable): Promise<EnvironmentVariable> {
  const { name } = variable;
  if ('store' in variable) {
    const { store, pinned } = variable;
    return await describeVariable(name, { kind: 'store', store, ...(pinned === undefined ? {} : { pinned }) }, classify);
  }
  const taken = takeApart(evaluator, variable.raw);
  const described = await describeWritten(evaluator, classify, name, variable.raw, taken);
  const pinned = pinnedIn(taken);
  return pinned === undefined ? described : { ...described, pinned };
}

async function describeWritten(
  evaluator: Evaluator,
  classify: ValueClassifier,
  name: Maybe<string>,
  raw: unknown,
  taken: Taken,
): Promise<EnvironmentVariable> {
  const value = evaluator.evaluate(raw);
  const text = evaluator.text(value) ?? '';
  const origin = originOf(taken);
  const source = origin instanceof Unknown || isVariableSource(origin) ? origin : 'literal';
  // Whether it is masked, or a part of it looks like a credential, can be told without the rest.
  if (holdsMasked(taken) || text instanceof Unknown) {
    const secret = value instanceof Reference ? isSecretAttribute(evaluator.world, value) : undefined;
    if (!holdsMasked(taken) && value instanceof Reference && secret !== undefined) {
      return describeVariable(name, { kind: 'reference', attribute: value.text, secret }, classify);
    }
    return { name, source, ...(await inspectValue(classify, taken, text)) };
  }
  return describeVariable(name, variableValue(evaluator, value, text, source), classify);
}

function variableValue(evaluator: Evaluator, value: unknown, text: string, source: EnvironmentVariable['source']): VariableValue {
  if (value instanceof Reference) return { kind: 'reference', attribute: value.text, secret: isSecretAttribute(evaluator.world, value) };
  return { kind: source === 'variable' ? 'given' : 'literal', text: forDetector(text) };
}

function isVariableSource(origin: string): origin is 'literal' | 'variable' | 'reference' | 'dynamic-reference' {
  return ['literal', 'variable', 'reference', 'dynamic-reference'].includes(origin);
}
