/** A day of the month or of the week, as a test of one date. `dayOfWeek` counts from 1, Sunday; `monthLength` is in days. */
export type DayTest = (date: DayOfMonth) => boolean;

export interface DayOfMonth {
  readonly day: number;
  readonly dayOfWeek: number;
  readonly monthLength: number;
}

/** A schedule at whole hours, UTC. */
export interface CronExpression {
  /** Hours of the day, ascending. */
  readonly hours: readonly number[];
  /** Months, from 1. */
  readonly months: ReadonlySet<number>;
  readonly firesOn: DayTest;
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

const hourRange: Range = { first: 0, last: 23 };
const dayRange: Range = { first: 1, last: 31 };
const monthRange: Range = {
  first: 1,
  last: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const weekRange: Range = { first: 1, last: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };

/**
 * Reads the six fields of an AWS cron expression: minute, hour, day of month, month, day of week, year. Beyond what
 * Secrets Manager documents it takes any one minute, `W`, `LW` and `*` in both day fields. Undefined for the rest: two
 * restricted day fields, a year, a backward range; what those would mean is not certain.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function parseCron(fields: string): CronExpression | undefined {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year, ...more] = fields.trim().toUpperCase().split(/\s+/);
  if (year !== '*' || more.length > 0 || !/^[0-5]?\d$/.test(minute)) return undefined;
  const hours = parseNumbers(hour, hourRange);
  const months = parseNumbers(month, monthRange);
  const firesOn = parseDays(dayOfMonth, dayOfWeek);
  if (hours === undefined || months === undefined || firesOn === undefined) return undefined;
  return { hours: [...hours].sort((a, b) => a - b), months, firesOn };
}

function parseDays(dayOfMonth: string, dayOfWeek: string): DayTest | undefined {
  if (dayOfMonth === '?' && dayOfWeek === '?') return undefined;
  if (isAny(dayOfWeek)) return isAny(dayOfMonth) ? () => true : parseList(dayOfMonth, parseDayOfMonth);
  return isAny(dayOfMonth) ? parseList(dayOfWeek, parseDayOfWeek) : undefined;
}

function isAny(field: string): boolean {
  return field === '*' || field === '?';
}

/** Items between commas, of which any may hold. */
function parseList(field: string, parseItem: (item: string) => DayTest | undefined): DayTest | undefined {
  const tests: DayTest[] = [];
  for (const item of field.split(',')) {
    const test = parseItem(item);
    if (test === undefined) return undefined;
    tests.push(test);
  }
  return (date) => tests.some((test) => test(date));
}

function parseDayOfMonth(item: string): DayTest | undefined {
  if (item === 'L') return ({ day, monthLength }) => day === monthLength;
  if (item === 'LW') return (date) => date.day === nearestWeekday(date, date.monthLength);
  const before = /^L-(\d{1,2})$/.exec(item)?.[1];
  if (before !== undefined) return ({ day, monthLength }) => day === monthLength - Number(before);
  const near = parseNumber(/^(\d{1,2})W$/.exec(item)?.[1] ?? '', dayRange);
  if (near !== undefined) return (date) => date.day === nearestWeekday(date, near);
  const days = parseItem(item, dayRange);
  return days && (({ day }) => days.includes(day));
}

function parseDayOfWeek(item: string): DayTest | undefined {
  // Alone it is the last day of the week; after a day, the last of the month.
  if (item === 'L') return ({ dayOfWeek }) => dayOfWeek === weekRange.last;
  const last = parseNumber(/^(.+)L$/.exec(item)?.[1] ?? '', weekRange);
  if (last !== undefined) return ({ day, dayOfWeek, monthLength }) => dayOfWeek === last && day > monthLength - 7;
  const [, weekday, ordinal] = /^(.+)#([1-5])$/.exec(item) ?? [];
  if (ordinal !== undefined) {
    const wanted = parseNumber(weekday ?? '', weekRange);
    return wanted === undefined ? undefined : ({ day, dayOfWeek }) => dayOfWeek === wanted && Math.ceil(day / 7) === Number(ordinal);
  }
  const days = parseItem(item, weekRange);
  return days && (({ dayOfWeek }) => days.includes(dayOfWeek));
}

/** The working day nearest to a day of the same month; it never leaves the month. */
function nearestWeekday({ day, dayOfWeek, monthLength }: DayOfMonth, target: number): number | undefined {
  if (target > monthLength) return undefined;
  const weekday = (((dayOfWeek - 1 + target - day) % 7) + 7) % 7;
  if (weekday === 6) return target === 1 ? 3 : target - 1;
  if (weekday === 0) return target === monthLength ? target - 2 : target + 1;
  return target;
}

function parseNumbers(field: string, range: Range): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  for (const item of field.split(',')) {
    const values = parseItem(item, range);
    if (values === undefined) return undefined;
    for (const value of values) numbers.add(value);
  }
  return numbers;
}

/** `*`, `n`, `a-b`, each with `/step`; a single number with a step runs to the end. */
function parseItem(item: string, range: Range): readonly number[] | undefined {
  const [, span = '', step] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(item) ?? [];
  const [from = '', to, ...more] = span === '*' ? [String(range.first), String(range.last)] : span.split('-');
  const first = parseNumber(from, range);
  const last = to === undefined ? (step === undefined ? first : range.last) : parseNumber(to, range);
  const width = step === undefined ? 1 : Number(step);
  if (more.length > 0 || first === undefined || last === undefined || last < first || width === 0) return undefined;
  const numbers: number[] = [];
  for (let number = first; number <= last; number += width) numbers.push(number);
  return numbers;
}

function parseNumber(text: string, { first, last, names = [] }: Range): number | undefined {
  const named = names.indexOf(text);
  if (named >= 0) return named + first;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return number >= first && number <= last ? number : undefined;
}
