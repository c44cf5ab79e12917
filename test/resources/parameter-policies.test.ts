import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { parseParameterPolicies, readParameterPolicies } from '../../src/resources/parameter-policies.ts';
import { fitsStandardTier } from '../../src/resources/standard-tier.ts';

const expiration = (Timestamp: unknown) => ({ Type: 'Expiration', Version: '1.0', Attributes: { Timestamp } });
const notice = (Before: unknown, Unit: unknown) => ({ Type: 'ExpirationNotification', Version: '1.0', Attributes: { Before, Unit } });
const quiet = (After: unknown, Unit: unknown) => ({ Type: 'NoChangeNotification', Version: '1.0', Attributes: { After, Unit } });

const names = ['expiration', 'expirationNotification', 'noChangeNotification'];

/** Why it, or what it holds, is unknown. */
function reasonOf(value: unknown): string | undefined {
  if (value instanceof Unknown) return value.reason;
  return typeof value === 'object' && value !== null ? reasonOf(Object.values(value)[0]) : undefined;
}

describe('the policies of a parameter', () => {
  it.each<[string, readonly unknown[], unknown]>([
    ['none', [], {}],
    ['an empty object, which takes them away', [{}], {}],
    ['an expiration', [expiration('2027-06-01T10:00:00.000Z')], { expiration: Date.UTC(2027, 5, 1, 10) }],
    ['in another zone', [expiration('2027-06-01T10:00:00+02:00')], { expiration: Date.UTC(2027, 5, 1, 8) }],
    ['days', [notice('7', 'Days')], { expirationNotification: { hoursBefore: 168 } }],
    ['hours, as a number', [notice(7, 'Hours')], { expirationNotification: { hoursBefore: 7 } }],
    ['the earliest notice of two', [notice('5', 'Hours'), notice('1', 'Days')], { expirationNotification: { hoursBefore: 24 } }],
    ['the shortest quiet of two', [quiet('30', 'Days'), quiet('48', 'Hours')], { noChangeNotification: { hoursAfter: 48 } }],
    [
      'all of them',
      [expiration('2027-06-01T10:00:00Z'), notice('1', 'Days'), quiet('1', 'Days')],
      { expiration: Date.UTC(2027, 5, 1, 10), expirationNotification: { hoursBefore: 24 }, noChangeNotification: { hoursAfter: 24 } },
    ],
  ])('%s', (_name, policies, expected) => {
    expect(readParameterPolicies(policies)).toEqual(expected);
  });

  it.each<[string, readonly unknown[], readonly string[]]>([
    ['a date without a time', [expiration('2027-06-01')], ['expiration']],
    ['a time that is none', [expiration('2027-13-01T10:00:00Z')], ['expiration']],
    ['no time', [expiration(undefined)], ['expiration']],
    ['weeks', [notice('1', 'Weeks')], ['expirationNotification']],
    ['half an hour', [notice(0.5, 'Hours')], ['expirationNotification']],
    ['less than nothing', [quiet('-1', 'Days')], ['noChangeNotification']],
    ['a type of a time to come', [{ Type: 'Rotation' }], ['expiration', 'expirationNotification', 'noChangeNotification']],
    ['a text', ['Expiration'], ['expiration', 'expirationNotification', 'noChangeNotification']],
  ])('%s is not readable, and not absent', (_name, policies, unknown) => {
    const { expiration, expirationNotification, noChangeNotification } = readParameterPolicies(policies);
    expect({
      expiration: reasonOf(expiration),
      expirationNotification: reasonOf(expirationNotification),
      noChangeNotification: reasonOf(noChangeNotification),
    }).toEqual(Object.fromEntries(names.map((name) => [name, unknown.includes(name) ? 'malformed-response' : undefined])));
  });

  it('are unknown where their text is', () => {
    const why = new Unknown('unresolved-reference', 'a parameter');
    expect(readParameterPolicies(why)).toEqual({ expiration: why, expirationNotification: why, noChangeNotification: why });
    expect(readParameterPolicies([why])).toEqual({ expiration: why, expirationNotification: why, noChangeNotification: why });
  });

  it.each([
    ['', []],
    ['[]', []],
    ['[{}]', [{}]],
    ['{"Type":"Expiration"}', [{ Type: 'Expiration' }]],
  ])('are read from the text %j', (text, expected) => {
    expect(parseParameterPolicies(text)).toEqual(expected);
  });

  it('that are no JSON are unknown, and not quoted', () => {
    const parsed = parseParameterPolicies('[{"Type": CANARY');
    expect(parsed).toMatchObject({ reason: 'malformed-response' });
    expect(JSON.stringify(parsed)).not.toContain('CANARY');
  });
});

it.each([
  ['nothing', '', true],
  ['4,096 characters', 'x'.repeat(4096), true],
  ['one more', 'x'.repeat(4097), false],
  ['fewer characters, but more bytes', 'ü'.repeat(2049), false],
])('the Standard tier takes %s: %s', (_name, value, fits) => {
  expect(fitsStandardTier(value)).toBe(fits);
});
