import type { EventField, EventObject } from './secret-event.ts';

/** Whether a pattern matches every event of a kind, only some (by fields in which they differ), or none. */
export type Coverage = 'all' | 'some' | 'none';

/** Thrown for what is no event pattern, or has an operator that is not known here. It never quotes the pattern. */
export class UnreadablePattern extends Error {}

/**
 * Which of the events that a description stands for an event pattern matches, by the rules of EventBridge
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html): the fields of a pattern
 * must all match, of the values of a field any one; what the pattern does not mention does not matter.
 *
 * Throws UnreadablePattern.
 */
export function patternCoverage(pattern: string, event: EventObject): Coverage {
  let parsed: unknown;
  try {
    parsed = JSON.parse(pattern);
  } catch {
    throw new UnreadablePattern('not JSON');
  }
  return coverFields(requireObject(parsed), (field) => own(event, field));
}

function coverFields(pattern: Readonly<Record<string, unknown>>, fieldOf: (name: string) => EventField): Coverage {
  return both(
    Object.entries(pattern).map(([name, expected]) => {
      if (name === '$or') return either(requireArray(expected).map((branch) => coverFields(requireObject(branch), fieldOf)));
      const field = fieldOf(name);
      if (Array.isArray(expected)) return either(expected.map((matcher: unknown) => coverValue(matcher, field)));
      return coverFields(requireObject(expected), below(field));
    }),
  );
}

/** The fields below a field: of one that is absent all are absent, of one that differs all may differ. */
function below(field: EventField): (name: string) => EventField {
  if (typeof field === 'object' && field !== null) return (name) => own(field, name);
  return () => (field === undefined ? undefined : null);
}

function coverValue(matcher: unknown, field: EventField): Coverage {
  if (typeof matcher !== 'object' || matcher === null) {
    return field === undefined ? 'some' : whole(field !== null && field === matcher);
  }
  const [[operator, operand] = [], more] = Object.entries(requireObject(matcher));
  if (operator === undefined || more !== undefined) throw new UnreadablePattern('a matcher that is not one operator');
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') throw new UnreadablePattern('exists without true or false');
    return field === undefined ? 'some' : whole((field !== null) === operand);
  }
  const test = operator === 'anything-but' ? anythingBut(operand) : textTest(operator, operand);
  if (field === undefined) return 'some';
  return whole(field !== null && typeof field !== 'object' && test(field));
}

type Test = (value: string | boolean) => boolean;

function anythingBut(operand: unknown): Test {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const tests = Object.entries(operand).flatMap(([operator, values]) =>
      (Array.isArray(values) ? (values as readonly unknown[]) : [values]).map((value) => textTest(operator, value)),
    );
    return (value) => !tests.some((test) => test(value));
  }
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  return (value) => !values.includes(value);
}

function textTest(operator: string, operand: unknown): Test {
  // Numbers and addresses are never what the fields of our events hold, but the pattern is a good one all the same.
  if (operator === 'numeric' || operator === 'cidr') return () => false;
  const { text, fold } = readOperand(operator, operand);
  const on = (test: (value: string) => boolean): Test => {
    return (value) => typeof value === 'string' && test(fold ? value.toLowerCase() : value);
  };
  switch (operator) {
    case 'prefix':
      return on((value) => value.startsWith(text));
    case 'suffix':
      return on((value) => value.endsWith(text));
    case 'equals-ignore-case':
      return on((value) => value === text);
    case 'wildcard':
      return on((value) => matchesWildcard(text, value));
    default:
      throw new UnreadablePattern('an operator that is not known');
  }
}

/** The text that an operator compares with; `{ "prefix": { "equals-ignore-case": … } }` folds the case of both. */
function readOperand(operator: string, operand: unknown): { readonly text: string; readonly fold: boolean } {
  if (typeof operand === 'string') {
    const fold = operator === 'equals-ignore-case';
    return { text: fold ? operand.toLowerCase() : operand, fold };
  }
  const folded = (operator === 'prefix' || operator === 'suffix') && requireObject(operand)['equals-ignore-case'];
  if (typeof folded === 'string') return { text: folded.toLowerCase(), fold: true };
  throw new UnreadablePattern('an operator without its text');
}

/** `*` stands for any text, `\*` for a star. In linear time but for the search of each part. */
function matchesWildcard(pattern: string, value: string): boolean {
  const parts = [''];
  for (let index = 0; index < pattern.length; index += 1) {
    if (pattern[index] === '*') parts.push('');
    else {
      if (pattern[index] === '\\') index += 1;
      parts[parts.length - 1] += pattern[index] ?? '';
    }
  }
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const found = value.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return value.length - last.length >= from && value.endsWith(last);
}

function own(object: EventObject, name: string): EventField {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function whole(matches: boolean): Coverage {
  return matches ? 'all' : 'none';
}

function both(parts: readonly Coverage[]): Coverage {
  if (parts.includes('none')) return 'none';
  return parts.includes('some') ? 'some' : 'all';
}

function either(parts: readonly Coverage[]): Coverage {
  if (parts.includes('all')) return 'all';
  return parts.includes('some') ? 'some' : 'none';
}

function requireObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new UnreadablePattern('a value where an object must be');
}

function requireArray(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnreadablePattern('a value where a list must be');
}
