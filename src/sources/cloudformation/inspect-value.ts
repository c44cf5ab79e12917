import { Unknown, type Maybe } from '../../model/unknown.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import { forDetector, holdsMasked, type Taken } from './value-source.ts';

/** What a value looks like; the value itself is looked at and dropped here. */
export interface Inspected {
  readonly looksSecret: Maybe<boolean>;
  readonly kind?: Maybe<string>;
}

/** The word for what the author of the template masks with NoEcho. */
const masked = 'masked-parameter';

/**
 * Classifies a value: by its text as far as the template has it, and by what it is made of. What the author masks is a credential,
 * whether we know its value or not.
 *
 * @param text the value, or Unknown when it cannot be resolved
 */
export async function inspectValue(classify: ValueClassifier, taken: Taken, text: Maybe<string>): Promise<Inspected> {
  if (holdsMasked(taken)) return { looksSecret: true, kind: masked };
  const known = typeof text === 'string' ? text : taken.written;
  try {
    const verdict = await classify(forDetector(known));
    if (verdict.looksSecret || typeof text === 'string') return verdict;
    if (await areHarmless(classify, taken)) return verdict;
  } catch {
    // The error of a detector may quote what it read, so nothing of it is kept.
    const why = new Unknown('request-failed', 'the value could not be classified');
    return { looksSecret: why, kind: why };
  }
  return { looksSecret: text, kind: text };
}

/** Whether the parts that are not known can be no credentials: parameters of ids and numbers, or of a few words. */
async function areHarmless(classify: ValueClassifier, { leaves }: Taken): Promise<boolean> {
  for (const leaf of leaves) {
    if (leaf.kind === 'opaque' || (leaf.kind === 'parameter' && leaf.parameter.fromStore)) return false;
    if (leaf.kind !== 'parameter' || leaf.parameter.value !== undefined || leaf.parameter.isIdentifier) continue;
    if (leaf.parameter.allowed === undefined) return false;
    for (const value of leaf.parameter.allowed) if ((await classify(value)).looksSecret) return false;
  }
  return leaves.every(({ kind }) => kind !== 'resource');
}
