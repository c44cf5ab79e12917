import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { describeSchedule, longestGapHours } from '../../src/resources/rotation-schedule.ts';

const day = 24;

describe('longestGapHours', () => {
  const cases: [string, number][] = [
    ['rate(4 hours)', 4],
    ['rate(12 hours)', 12],
    ['rate(1 day)', day],
    ['rate(90 days)', 90 * day],
    ['rate(91 days)', 91 * day],
    ['rate(999 days)', 999 * day],
    ['cron(0 10 * * ? *)', day],
    ['cron(0 0/8 * * ? *)', 8],
    ['cron(0 */4 * * ? *)', 4],
    ['cron(0 8,20 * * ? *)', 12],
    ['cron(0 8-16/4 * * ? *)', 16],
    ['cron(0 18 ? * SAT *)', 7 * day],
    ['cron(0 18 ? * L *)', 7 * day],
    ['cron(0 8 ? * MON-FRI *)', 3 * day],
    ['cron(0 8,20 ? * 2-6 *)', 3 * day - 12],
    ['cron(0 16 1,15 * ? *)', 17 * day],
    ['cron(0 8 1 * ? *)', 31 * day],
    ['cron(0 8 L * ? *)', 31 * day],
    ['cron(0 8 15W * ? *)', 32 * day],
    ['cron(0 8 LW * ? *)', 33 * day],
    ['cron(0 0 ? * SUN#1 *)', 35 * day],
    ['cron(0 0 ? * 1#1 *)', 35 * day],
    ['cron(0 0 ? * SUNL *)', 35 * day],
    ['cron(0 0 ? * 6L *)', 35 * day],
    ['cron(0 0 1/10 * ? *)', 10 * day],
    ['cron(0 0 31 * ? *)', 61 * day],
    ['cron(0 0 1 1/2 ? *)', 62 * day],
    ['cron(0 1 * 1/3 SUN *)', 70 * day],
    ['cron(0 0 1 1/3 ? *)', 92 * day],
    ['cron(0 0 1 JAN,APR,JUL,OCT ? *)', 92 * day],
    ['cron(0 1 ? 1/3 SUN#1 *)', 98 * day],
    ['cron(0 0 ? * TUE#5 *)', 119 * day],
    ['cron(0 4 1 JAN,JUL ? *)', 184 * day],
    ['cron(0 0 1 1 ? *)', 366 * day],
    ['cron(0 0 29 2 ? *)', 1461 * day],
    // Leap days that are Mondays are 28 years apart.
    ['cron(0 0 ? 2 MON#5 *)', 10_227 * day],
    ['cron(0 0 L-3 * ? *)', 31 * day],
    [' cron( 0  10 * * ? * ) ', day],
    ['CRON(0 10 ? jan-dec mon *)', 7 * day],
    ['cron(30 10 * * ? *)', day],
    ['cron(0 10 * * * *)', day],
    ['cron(0 10 1 * * *)', 31 * day],
  ];
  it.each(cases)('%s: %d', (expression, hours) => {
    expect(longestGapHours(expression)).toBe(hours);
    expect(longestGapHours(expression)).toBe(hours);
  });

  const unreadable = [
    '',
    'rate()',
    'rate(0 days)',
    'rate(-1 days)',
    'rate(1.5 days)',
    'rate(10 minutes)',
    'rate(10days)',
    'rate(10 days',
    'every 10 days',
    'cron()',
    'cron(0 10 * * ?)',
    'cron(0 10 * * ? * *)',
    'cron(0 10 ? * ? *)',
    'cron(0 10 1 * MON *)',
    'cron(0 10 * * ? 2030)',
    'cron(0/15 10 * * ? *)',
    'cron(* 10 * * ? *)',
    'cron(60 10 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 ? * * ? *)',
    'cron(0 10 0 * ? *)',
    'cron(0 10 32 * ? *)',
    'cron(0 10 32W * ? *)',
    'cron(0 10 1, * ? *)',
    'cron(0 10 1-2-3 * ? *)',
    'cron(0 10 1/0 * ? *)',
    'cron(0 10 1/ * ? *)',
    'cron(0 10 * 13 ? *)',
    'cron(0 10 * FOO ? *)',
    'cron(0 10 ? * FRI-MON *)',
    'cron(0 10 ? * MON#6 *)',
    'cron(0 10 ? * #1 *)',
    'cron(0 10 ? * 8 *)',
    'cron(0 10 31 2 ? *)',
    'cron(0 10 ? * constructor *)',
    `cron(0 ${'1,'.repeat(5000)}1 * * ? *)`,
  ];
  it.each(unreadable)('%s cannot be read or never fires', (expression) => {
    expect(longestGapHours(expression)).toBeUndefined();
  });

  it('never throws', () => {
    const symbol = fc.constantFrom(...'0123456789*?/-,LW#() ', 'cron(', 'rate(', 'SUN', 'JAN', 'hours', 'days');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(symbol).map((symbols) => symbols.join('')),
        ),
        (text) => {
          for (const expression of [text, `cron(${text})`, `cron(0 1 ${text})`, `rate(${text} days)`]) {
            const hours = longestGapHours(expression);
            expect(hours === undefined || (Number.isInteger(hours) && hours > 0)).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('against brute force over the real calendar', () => {
  // Each field as its text and what it means, built together, so that no parser is needed.
  type Field<T> = readonly [text: string, holds: (value: T) => boolean];
  const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
  const monthLength = (date: Date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

  function numbers(first: number, last: number): fc.Arbitrary<Field<number>> {
    const one = fc.integer({ min: first, max: last });
    const step = fc.integer({ min: 1, max: 15 });
    return fc.oneof(
      one.map((n): Field<number> => [`${n}`, (value) => value === n]),
      fc.tuple(one, one).map(([a, b]): Field<number> => [`${a},${b}`, (value) => value === a || value === b]),
      fc.tuple(one, one).map(([a, b]): Field<number> => {
        const [low, high] = a < b ? [a, b] : [b, a];
        return [`${low}-${high}`, (value) => value >= low && value <= high];
      }),
      fc.tuple(one, step).map(([a, by]): Field<number> => [`${a}/${by}`, (value) => value >= a && (value - a) % by === 0]),
      step.map((by): Field<number> => [`*/${by}`, (value) => (value - first) % by === 0]),
      fc.constant<Field<number>>(['*', () => true]),
    );
  }

  const inMonth: fc.Arbitrary<Field<Date>> = fc.oneof(
    numbers(1, 31).map(([text, holds]): Field<Date> => [`${text} * ?`, (date) => holds(date.getUTCDate())]),
    fc.constant<Field<Date>>(['L * ?', (date) => date.getUTCDate() === monthLength(date)]),
  );
  const inWeek: fc.Arbitrary<Field<Date>> = fc.oneof(
    numbers(1, 7).map(([text, holds]): Field<Date> => [`? * ${text}`, (date) => holds(date.getUTCDay() + 1)]),
    fc.constantFrom(...weekdays).map((name): Field<Date> => [`? * ${name}`, (date) => weekdays[date.getUTCDay()] === name]),
    fc
      .constantFrom(...weekdays)
      .map((name): Field<Date> => [
        `? * ${name}L`,
        (date) => weekdays[date.getUTCDay()] === name && date.getUTCDate() + 7 > monthLength(date),
      ]),
    fc
      .tuple(fc.constantFrom(...weekdays), fc.integer({ min: 1, max: 5 }))
      .map(([name, nth]): Field<Date> => [
        `? * ${name}#${nth}`,
        (date) => weekdays[date.getUTCDay()] === name && date.getUTCDate() > (nth - 1) * 7 && date.getUTCDate() <= nth * 7,
      ]),
  );

  it('agrees', () => {
    fc.assert(
      fc.property(numbers(0, 23), fc.oneof(inMonth, inWeek), numbers(1, 12), ([hours, atHour], [days, onDay], [months, inMonths]) => {
        const expression = `cron(0 ${hours} ${days.replace(' * ', ` ${months} `)} *)`;
        let previous: number | undefined;
        let longest = 0;
        // Two cycles, so that the gap over the seam is seen too.
        for (let date = new Date(Date.UTC(1972, 0, 1)); date.getUTCFullYear() < 2028; date = new Date(date.getTime() + 86_400_000)) {
          if (!inMonths(date.getUTCMonth() + 1) || !onDay(date)) continue;
          for (let hour = 0; hour < 24; hour++) {
            if (!atHour(hour)) continue;
            const now = date.getTime() / 3_600_000 + hour;
            if (previous !== undefined) longest = Math.max(longest, now - previous);
            previous = now;
          }
        }
        expect(longestGapHours(expression)).toBe(previous === undefined ? undefined : longest);
      }),
      { numRuns: 150 },
    );
  });
});

describe('describeSchedule', () => {
  const cases: [string, Parameters<typeof describeSchedule>[0], unknown][] = [
    ['days', { days: 30 }, { intervalHours: 720, intervalDays: 30 }],
    ['an expression', { expression: 'rate(10 days)' }, { intervalHours: 240, intervalDays: 10, expression: 'rate(10 days)' }],
    ['hours round up to days', { expression: 'rate(12 hours)' }, { intervalHours: 12, intervalDays: 1, expression: 'rate(12 hours)' }],
    ['25 hours are two days', { expression: 'rate(25 hours)' }, { intervalHours: 25, intervalDays: 2, expression: 'rate(25 hours)' }],
    [
      'the expression wins over shorter days',
      { expression: 'rate(400 days)', days: 90 },
      { intervalHours: 9600, intervalDays: 400, expression: 'rate(400 days)' },
    ],
    [
      'the expression wins over longer days',
      { expression: 'rate(10 days)', days: 91 },
      { intervalHours: 240, intervalDays: 10, expression: 'rate(10 days)' },
    ],
    ['neither', {}, undefined],
    ['days 0', { days: 0 }, undefined],
    ['days negative', { days: -1 }, undefined],
    ['days not whole', { days: 1.5 }, undefined],
    ['a blank expression', { expression: ' ', days: 7 }, { intervalHours: 168, intervalDays: 7 }],
  ];
  it.each(cases)('%s', (_, input, expected) => {
    expect(describeSchedule(input)).toEqual(expected);
  });

  it('is Unknown for an expression that cannot be read, days or not', () => {
    const result = describeSchedule({ expression: 'cron(0 8 * * ?)', days: 30 });
    expect(result).toBeInstanceOf(Unknown);
    expect(result).toMatchObject({ reason: 'malformed-response', detail: expect.stringContaining('cron(0 8 * * ?)') as unknown });
  });
});
