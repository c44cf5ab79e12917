import { Unknown, type Maybe } from '../../model/unknown.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import { planned, type Block, type Path } from './block.ts';
import type { PlanReader } from './plan-reader.ts';
import { referencedSecret } from './value-origin.ts';

/** What a value looks like; the value itself is looked at and dropped here. */
export interface Inspected {
  readonly looksSecret: Maybe<boolean>;
  readonly kind?: Maybe<string>;
}

/** Classifies the value of an argument; one that is known after apply by what it is made of. Absent values look like nothing. */
export async function inspectAt(reader: PlanReader, classify: ValueClassifier, block: Block, path: Path): Promise<Inspected> {
  const found = planned(block, path);
  switch (found.kind) {
    case 'omitted':
      return { looksSecret: false };
    case 'known':
      return typeof found.value === 'string' ? await inspectText(classify, found.value) : { looksSecret: false };
    case 'unknown': {
      const looksSecret = referencedSecret(reader, block, path);
      if (looksSecret === false) return { looksSecret };
      return { looksSecret, kind: looksSecret === true ? 'referenced-credential' : looksSecret };
    }
    default:
      return found satisfies never;
  }
}

async function inspectText(classify: ValueClassifier, text: string): Promise<Inspected> {
  try {
    return await classify(text);
  } catch {
    // The error of a detector may quote what it read, so nothing of it is kept.
    const why = new Unknown('request-failed', 'the value could not be classified');
    return { looksSecret: why, kind: why };
  }
}
