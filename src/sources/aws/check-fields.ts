import { MalformedAnswer } from './failures.ts';

/** What the SDK's types promise of a field; the SDK itself passes on whatever JSON came. */
export type FieldKind = 'text' | 'arn' | 'flag' | 'integer' | 'list' | 'texts' | 'record';

/**
 * Checks the fields of an answer that are there; those that must be there are asked for elsewhere. A wrong type is
 * no small thing: the text "maybe" is true where a flag was meant.
 *
 * Throws MalformedAnswer, which names the field and not its content.
 */
export function checkFields(answer: object | undefined | null, kinds: { readonly [field: string]: FieldKind }): void {
  if (answer === undefined || answer === null) return;
  if (typeof answer !== 'object') throw new MalformedAnswer('an entry that is not an object');
  for (const [field, kind] of Object.entries(kinds)) {
    const value: unknown = Reflect.get(answer, field);
    if (value !== undefined && value !== null && !isOf(kind, value)) throw new MalformedAnswer(`a ${field} of another type than AWS sends`);
  }
}

/** The same for each entry of a list. Returns the list. */
export function checkEach<Entry extends object>(list: readonly Entry[], kinds: { readonly [field: string]: FieldKind }): readonly Entry[] {
  for (const entry of list) {
    if (entry === null) throw new MalformedAnswer('an entry that is null');
    checkFields(entry, kinds);
  }
  return list;
}

function isOf(kind: FieldKind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'arn':
      return typeof value === 'string' && (value === '' || value.startsWith('arn:'));
    case 'flag':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'list':
      return Array.isArray(value);
    case 'texts':
      return Array.isArray(value) && value.every((element) => typeof element === 'string');
    case 'record':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return kind satisfies never;
  }
}
