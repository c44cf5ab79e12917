import { Unknown, type Maybe } from '../model/unknown.ts';
import type { ParameterAttributes } from './ssm-parameter.ts';

/** What the policies of a parameter ask for; absent what none of them does. */
export type ParameterPolicies = Pick<ParameterAttributes, 'expiration' | 'expirationNotification' | 'noChangeNotification'>;

/**
 * Reads the policies of a parameter, each `{ Type, Version, Attributes }`. Of several of one type the first to act counts. One that
 * cannot be read may be of any type, so that nothing is known then.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html
 */
export function readParameterPolicies(policies: Maybe<readonly unknown[]>): ParameterPolicies {
  if (policies instanceof Unknown) return allUnknown(policies);
  const expirations: Maybe<number>[] = [];
  const notices: Maybe<number>[] = [];
  const quiet: Maybe<number>[] = [];
  for (const policy of policies) {
    if (policy instanceof Unknown) return allUnknown(policy);
    // An empty object is how the API is told to take policies away.
    if (isObject(policy) && Object.keys(policy).length === 0) continue;
    const attributes = own(policy, 'Attributes');
    switch (own(policy, 'Type')) {
      case 'Expiration':
        expirations.push(timeOf(own(attributes, 'Timestamp')));
        break;
      case 'ExpirationNotification':
        notices.push(hoursOf(own(attributes, 'Before'), own(attributes, 'Unit')));
        break;
      case 'NoChangeNotification':
        quiet.push(hoursOf(own(attributes, 'After'), own(attributes, 'Unit')));
        break;
      default:
        return allUnknown(malformed('it has a policy of a type that AWS does not know'));
    }
  }
  const expiration = reduce(expirations, Math.min);
  const hoursBefore = reduce(notices, Math.max);
  const hoursAfter = reduce(quiet, Math.min);
  return {
    ...(expiration === undefined ? {} : { expiration }),
    ...(hoursBefore === undefined ? {} : { expirationNotification: { hoursBefore } }),
    ...(hoursAfter === undefined ? {} : { noChangeNotification: { hoursAfter } }),
  };
}

/** Policies from their JSON text: a list, or one alone. */
export function parseParameterPolicies(text: string): Maybe<readonly unknown[]> {
  if (text.trim() === '') return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as readonly unknown[]) : [parsed];
  } catch {
    // The error quotes the text.
    return malformed('its policies are not JSON');
  }
}

function allUnknown(why: Unknown): ParameterPolicies {
  return { expiration: why, expirationNotification: why, noChangeNotification: why };
}

function malformed(detail: string): Unknown {
  return new Unknown('malformed-response', detail);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

function own(value: unknown, key: string): unknown {
  if (value instanceof Unknown) return value;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A point in time as AWS takes it: ISO 8601 with its zone. */
function timeOf(value: unknown): Maybe<number> {
  if (value instanceof Unknown) return value;
  const time =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(value)
      ? Date.parse(value)
      : Number.NaN;
  return Number.isNaN(time) ? malformed('its expiration is not a time') : time;
}

function hoursOf(count: unknown, unit: unknown): Maybe<number> {
  if (count instanceof Unknown) return count;
  if (unit instanceof Unknown) return unit;
  const number = typeof count === 'string' && /^\d{1,6}$/.test(count) ? Number(count) : count;
  const hours = unit === 'Days' ? 24 : unit === 'Hours' ? 1 : undefined;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || hours === undefined) {
    return malformed('its notification is neither in days nor in hours');
  }
  return number * hours;
}

function reduce(values: readonly Maybe<number>[], pick: (...values: readonly number[]) => number): Maybe<number> | undefined {
  const known: number[] = [];
  for (const value of values) {
    if (value instanceof Unknown) return value;
    known.push(value);
  }
  return known.length === 0 ? undefined : pick(...known);
}
