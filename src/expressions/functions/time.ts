import { parseTime } from '../../resources/decode.ts';
import { int, string, timestamp } from '../../resources/shape.ts';
import { duration } from '../expression-type.ts';
import { CallFailure, type CelFunction } from './cel-function.ts';

const hour = 3_600_000;
/** Some 10,000 years, as in CEL. */
const longestSpan = 315_576_000_000 * 1000;
const units: { readonly [unit: string]: number } = { h: hour, m: 60_000, s: 1000, ms: 1 };

/** CEL duration text such as `36h` or `1h30m`, in milliseconds; undefined when it is not one. */
function parseDuration(text: string): number | undefined {
  if (!/^-?(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)) total += Number(amount) * (units[unit ?? ''] ?? NaN);
  const whole = Math.round(total);
  // 1.1h is 3960000.0000000005 in binary; a true fraction of a millisecond is refused.
  if (whole > longestSpan || Math.abs(total - whole) > 1e-6) return undefined;
  return text.startsWith('-') ? -whole : whole;
}

/** RFC 3339, as CEL wants it, in epoch milliseconds; undefined when it is not one. */
function parseTimestamp(text: string): number | undefined {
  return /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:/.test(text) ? parseTime(text) : undefined;
}

/** A span of so many units; one past the limit would no longer be exact. */
function spanOf(count: number, unit: number): number {
  const total = count * unit;
  if (Math.abs(total) > longestSpan) throw new CallFailure('the duration is longer than 10,000 years');
  return total;
}

export const timeFunctions: readonly CelFunction[] = [
  {
    name: 'days',
    form: 'global',
    params: [int],
    returns: duration,
    doc: 'A duration of so many days of 24 hours.',
    examples: [{ expression: "days(2) == duration('48h')", result: true }],
    call: (_budget, count) => spanOf(count as number, 24 * hour),
  },
  {
    name: 'hours',
    form: 'global',
    params: [int],
    returns: duration,
    doc: 'A duration of so many hours.',
    examples: [{ expression: 'hours(24) == days(1)', result: true }],
    call: (_budget, count) => spanOf(count as number, hour),
  },
  {
    name: 'wholeDays',
    form: 'global',
    params: [duration],
    returns: int,
    doc: 'The whole days in a duration, rounded down; for messages.',
    examples: [{ expression: 'wholeDays(hours(47))', result: 1 }],
    call: (_budget, span) => Math.floor((span as number) / (24 * hour)),
  },
  {
    name: 'duration',
    form: 'global',
    params: [string],
    returns: duration,
    doc: 'A duration from text, in h, m, s and ms.',
    standard: true,
    examples: [{ expression: "duration('1h30m') > duration('89m')", result: true }],
    checkConstants: ([text]) =>
      typeof text === 'string' && parseDuration(text) === undefined ? "not a duration; write days(90) or duration('36h')" : undefined,
    call: (_budget, text) => {
      const parsed = parseDuration(text as string);
      if (parsed === undefined) throw new CallFailure('not a duration');
      return parsed;
    },
  },
  {
    name: 'timestamp',
    form: 'global',
    params: [string],
    returns: timestamp,
    doc: 'A point in time from RFC 3339 text.',
    standard: true,
    examples: [{ expression: "timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00Z') == days(1)", result: true }],
    checkConstants: ([text]) =>
      typeof text === 'string' && parseTimestamp(text) === undefined ? 'not an RFC 3339 time such as 2026-01-31T00:00:00Z' : undefined,
    call: (_budget, text) => {
      const parsed = parseTimestamp(text as string);
      if (parsed === undefined) throw new CallFailure('not an RFC 3339 time');
      return parsed;
    },
  },
];
