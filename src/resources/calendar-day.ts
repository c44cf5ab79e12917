import { parseTime } from './decode.ts';

/** Milliseconds of a day in UTC, which has no leap seconds here. */
export const dayLength = 86_400_000;

/** The start in UTC of a day written `YYYY-MM-DD`, epoch milliseconds; undefined for what is no day of the calendar. */
export function parseDay(text: string): number | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseTime(text) : undefined;
}

/** The days from the one to the other, both written `YYYY-MM-DD`; undefined where one of them is no day. */
export function daysBetween(from: string, to: string): number | undefined {
  const [start, end] = [parseDay(from), parseDay(to)];
  return start === undefined || end === undefined ? undefined : Math.round((end - start) / dayLength);
}

/** The day in UTC of a time in epoch milliseconds. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
