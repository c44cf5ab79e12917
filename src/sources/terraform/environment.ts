import { declaredEnvironment, type Environment } from '../../iac/environment.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { describeVariable, type VariableValue } from '../../resources/describe-variable.ts';
import { BlockReference } from './block-reference.ts';
import type { Block, Path } from './block.ts';

import { encodedText, JsonEncoded } from './json-encoded.ts';
import { locateAt, madeOf, type PlanReader } from './plan-reader.ts';
import { isSecretAttribute } from './value-origin.ts';
import type { Workspace } from './workspace.ts';

/** A variable of an environment, with its place in the block. */
export interface Variable {
  readonly name: Maybe<string>;
  readonly container?: string;
  readonly value: VariableValue;
  readonly path: Path;
}

/** The variables as policies see them, and where each stands. */
export async function describeEnvironment(
  { reader, classify }: Workspace,
  block: Block,
  variables: Maybe<readonly Maybe<Variable>[]>,
  at: Path,
): Promise<Environment> {
  return await declaredEnvironment(
    variables,
    ({ name, value }) => describeVariable(name, value, classify),
    (variable) => locateAt(reader, block, variable?.path ?? at),
  );
}

/** What stands as the value of a variable; `path` is where the code has it. */
export function variableValue(reader: PlanReader, block: Block, value: unknown, path: Path): VariableValue {
  if (value instanceof Unknown) return unknownVariable(reader, block, value, path);
  if (value instanceof BlockReference) return reference(value);
  const text = value instanceof JsonEncoded ? encodedText(value) : typeof value === 'string' ? value : undefined;
  if (text === undefined) {
    if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'literal', text: String(value) };
    return { kind: 'unknown', why: new Unknown('known-after-apply', 'known after apply') };
  }
  const ends = madeOf(reader, block, path) ?? [];
  return { kind: ends.some((end) => end.kind === 'value' && end.origin === 'given') ? 'given' : 'literal', text };
}

function reference({ block, attribute }: BlockReference): VariableValue {
  const name = [block.address, ...attribute].join('.');
  return { kind: 'reference', attribute: name, secret: isSecretAttribute(block.type, attribute) };
}

/** Of a value that only apply knows: what it is made of may tell. */
function unknownVariable(reader: PlanReader, block: Block, why: Unknown, path: Path): VariableValue {
  const written = reader.sources?.expression(block, path);
  const ends = written === undefined ? [] : (madeOf(reader, block, path) ?? []);
  const [only, ...more] = ends;
  if (only?.kind === 'block' && more.length === 0) return reference(new BlockReference(only.block, only.attribute));
  const blocks = ends.flatMap((end) => (end.kind === 'block' ? [isSecretAttribute(end.block.type, end.attribute)] : [undefined]));
  // A text that a credential goes into holds it.
  if (blocks.some((secret) => secret === true)) return { kind: 'reference', attribute: 'a credential and more', secret: true };
  if (ends.length > 0 && blocks.every((secret) => secret === false)) return { kind: 'reference', attribute: 'several', secret: false };
  return { kind: 'unknown', why };
}
