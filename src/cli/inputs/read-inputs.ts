import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { mergeCollections } from '../../merge-collections.ts';
import { UserError } from '../../model/errors.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { Collection } from '../../model/resource.ts';
import { createValueClassifier } from '../../resources/secret-value.ts';
import type { Io } from '../io.ts';
import type { InputFlags, ReadContext, ReadInput } from './input.ts';
import { inputKinds } from './kinds.ts';
import { openInput } from './open-input.ts';

export { mergeCollections };

/** What a scan judges. */
export interface ScanInput {
  readonly collection: Collection;
  /** For saved accounts: when the last of them was read, epoch milliseconds. */
  readonly collectedAt?: number;
}

/** Reads the inputs of the paths, each of its kind, as one. Throws UserError. */
export async function readInputs(
  paths: readonly string[],
  flags: InputFlags,
  selected: readonly SelectedPolicy[],
  asOf: number | undefined,
  io: Io,
): Promise<ScanInput> {
  checkNoneTwice(paths);
  const context: ReadContext = { flags, selected, classify: await createValueClassifier() };
  const inputs: ReadInput[] = [];
  for (const path of paths) inputs.push(await readOne(path, context, io));
  const collection = mergeCollections(inputs);
  const times = inputs.flatMap(({ collectedAt }) => (collectedAt === undefined ? [] : [collectedAt]));
  if (times.length === 0) return { collection };
  const collectedAt = Math.max(...times);
  return { collection: { ...collection, notes: [...collection.notes, ...timeNotes(collectedAt, asOf)] }, collectedAt };
}

function checkNoneTwice(paths: readonly string[]): void {
  const files = paths.map(realPath);
  const again = files.findIndex((file, index) => files.indexOf(file) < index);
  if (again === -1) return;
  const [before, path] = [paths[files.indexOf(files[again] ?? '')] ?? '', paths[again] ?? ''];
  const message = before === path ? `${path === '-' ? 'standard input' : path} is given twice` : `${before} and ${path} are the same file`;
  throw new UserError('usage', message, { hint: 'name it once' });
}

function realPath(path: string): string {
  if (path === '-') return path;
  try {
    return realpathSync(path);
  } catch {
    // Opening it says what is wrong.
    return resolve(path);
  }
}

async function readOne(path: string, context: ReadContext, io: Io): Promise<ReadInput> {
  const input = await openInput(path, io);
  for (const kind of inputKinds) {
    if (await kind.recognise(input)) return await kind.read(input, context);
  }
  throw new Error('the last kind of input takes everything');
}

/** An account cannot be judged as it was before it was read: a change since then would pass for older than it is. */
function timeNotes(latest: number, asOf: number | undefined): readonly string[] {
  if (asOf === undefined || asOf >= latest) return [];
  return [`judged as of a time before the account was read (${new Date(latest).toISOString()}), so what changed in between is judged too`];
}
