import { Unknown, type Maybe } from '../../model/unknown.ts';
import { MalformedAnswer } from './failures.ts';
import type { Operation } from './operations.ts';

/** A list that AWS always sends, even when it is empty; none of its entries is null. */
export function requireList<T>(list: readonly T[] | undefined, field: string): readonly T[] {
  if (list === undefined || !Array.isArray(list)) throw new MalformedAnswer(`no ${field}`);
  const entries = list as readonly T[];
  if (entries.some((entry) => entry === null || entry === undefined)) throw new MalformedAnswer(`a ${field} with an entry that is null`);
  return entries;
}

/** A text that AWS always sends. */
export function requireText(text: string | undefined, field: string): string {
  if (typeof text !== 'string' || text === '') throw new MalformedAnswer(`no ${field}`);
  return text;
}

/** A text that AWS always sends, and always in this form. */
export function requireMatch(text: string | undefined, form: RegExp, field: string): string {
  const found = requireText(text, field);
  if (!form.test(found)) throw new MalformedAnswer(`no ${field}`);
  return found;
}

/** A field that AWS always sends, and never blank: Unknown when it is missing, never absent. */
export function expected<T>(value: T | null | undefined, field: string, operation: Operation): Maybe<T> {
  return value === undefined || value === null || value === '' ? missing(field, operation) : value;
}

/** A number of things, which AWS always sends. */
export function expectedCount(count: number | undefined, field: string, operation: Operation): Maybe<number> {
  return count !== undefined && Number.isSafeInteger(count) && count >= 0 ? count : missing(field, operation);
}

/** A text that AWS always sends and that is one of a few words: Unknown when it is another one. */
export function expectedWord<W extends string>(
  text: string | undefined,
  words: readonly W[],
  field: string,
  operation: Operation,
): Maybe<W> {
  const known = words.find((word) => word === text);
  if (known !== undefined) return known;
  return text
    ? new Unknown('malformed-response', `the answer to ${operation} has a ${field} that AWS does not know`, operation)
    : missing(field, operation);
}

/** Epoch milliseconds of a date that AWS always sends. */
export function expectedTime(date: Date | undefined, field: string, operation: Operation): Maybe<number> {
  return optionalTime(date, field, operation) ?? missing(field, operation);
}

/** From 1900 to the last year that ISO 8601 writes with four digits. */
const firstTime = Date.UTC(0, 0, 1);
const lastTime = Date.UTC(10_000, 0, 1) - 1;

/** Epoch milliseconds; undefined when there is no date. */
export function optionalTime(date: Date | null | undefined, field: string, operation: Operation): Maybe<number> | undefined {
  if (date === undefined || date === null) return undefined;
  const time = date instanceof Date ? date.getTime() : Number.NaN;
  return time >= firstTime && time <= lastTime
    ? time
    : new Unknown('malformed-response', `the answer to ${operation} has an unreadable ${field}`, operation);
}

/** Tags as a map; one without a key makes them Unknown. */
export function readTags(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
  operation: Operation,
): Maybe<{ readonly [key: string]: string }> {
  const entries: [string, string][] = [];
  for (const tag of tags ?? []) {
    if (tag.Key === undefined) return missing('tag key', operation);
    entries.push([tag.Key, tag.Value ?? '']);
  }
  // fromEntries defines own properties, so a tag named __proto__ is a tag like any other.
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The token of the next page where a flag says whether there is one. */
export function nextMarker(truncated: boolean | undefined, marker: string | undefined): string | undefined {
  if (truncated !== undefined && typeof truncated !== 'boolean') throw new MalformedAnswer('a flag of truncation that is none');
  if (truncated === true && !marker) throw new MalformedAnswer('no Marker');
  return truncated === false ? undefined : marker;
}

function missing(field: string, operation: Operation): Unknown {
  return new Unknown('malformed-response', `the answer to ${operation} has no ${field}`, operation);
}
