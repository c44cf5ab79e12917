import { Unknown, type Maybe } from '../../model/unknown.ts';
import { describeVariable } from '../../resources/describe-variable.ts';
import type { EnvironmentVariable } from '../../resources/environment-variable.ts';
import { isPinnedReference } from '../../resources/secret-reference.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import { notCollected, type ScopeReader } from './collector.ts';
import { touches } from './needs.ts';
import type { Operation } from './operations.ts';

/** Read when it starts; `reference` names the value there, and perhaps one version of it. */
export interface Stored {
  readonly store: 'secretsmanager' | 'ssm';
  /** Undefined: the answer lacks it. */
  readonly reference: string | undefined;
}

/** A variable as an answer has it: in plain text, or where it is read from when it starts. */
export interface FoundVariable {
  readonly name: string | undefined;
  /** Of an ECS task. */
  readonly container?: Maybe<string>;
  /** `text` undefined: the answer lacks it. Unknown: it does not say which of the two it is. */
  readonly value: { readonly text: string | undefined } | Stored | Unknown;
}

/** Tells what variables look like; their text goes no further. */
export type DescribeEnvironment = (variables: readonly FoundVariable[]) => Promise<Maybe<readonly EnvironmentVariable[]>>;

/**
 * What to do with the environments that `operation` answers: to classify them if a selected policy reads them, else to
 * drop them unseen.
 */
export async function environmentReader(scope: ScopeReader, type: string, operation: Operation): Promise<DescribeEnvironment> {
  if (!touches(scope.needs.get(type), 'environment')) return () => Promise.resolve(notCollected(operation));
  const classify = await loadClassifier();
  return async (variables) => {
    const described: EnvironmentVariable[] = [];
    for (const variable of variables) described.push(await describe(variable, operation, classify));
    return described.sort(byName);
  };
}

/** The detector is large, and many runs never need it. */
export async function loadClassifier(): Promise<ValueClassifier> {
  const { createValueClassifier } = await import('../../resources/secret-value.ts');
  return await createValueClassifier();
}

async function describe(variable: FoundVariable, operation: Operation, classify: ValueClassifier): Promise<EnvironmentVariable> {
  const { container, value } = variable;
  const missing = (field: string): Unknown =>
    new Unknown('malformed-response', `the answer to ${operation} has no ${field} of an environment variable`, operation);
  const name = typeof variable.name === 'string' && variable.name !== '' ? variable.name : missing('name');
  return { ...(await describeValue(name, value, missing('value'), classify)), ...(container === undefined ? {} : { container }) };
}

async function describeValue(
  name: Maybe<string>,
  value: FoundVariable['value'],
  missing: Unknown,
  classify: ValueClassifier,
): Promise<EnvironmentVariable> {
  if (value instanceof Unknown) return await describeVariable(name, { kind: 'unknown', why: value }, classify);
  if ('store' in value) return await describeVariable(name, { kind: 'store', ...readStored(value, missing) }, classify);
  const text: unknown = value.text;
  if (typeof text !== 'string') return await describeVariable(name, { kind: 'unknown', why: missing }, classify);
  return await describeVariable(name, { kind: 'plain', text }, classify);
}

function readStored({ store, reference }: Stored, missing: Unknown): { readonly store: Stored['store']; readonly pinned?: Maybe<boolean> } {
  if (store === 'ssm') return { store };
  return { store, pinned: reference === undefined ? missing : isPinnedReference(reference, 'value-from') };
}

/** AWS keeps no order in a map. */
function byName(a: EnvironmentVariable, b: EnvironmentVariable): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortKey({ container, name }: EnvironmentVariable): string {
  return `${typeof container === 'string' ? container : ''} ${typeof name === 'string' ? name : ''}`;
}
