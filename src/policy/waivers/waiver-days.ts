import { dayLength, dayOf, daysBetween, parseDay } from '../../resources/calendar-day.ts';

export interface DayProblem {
  readonly field: 'created' | 'expires';
  readonly message: string;
  readonly hint?: string;
}

/**
 * What is wrong with the days of a waiver.
 *
 * @param from the day that its length is counted from, where that is not `created`
 * @param maxDays the most days from the first to the last
 */
export function dayProblems(
  days: { readonly created?: string; readonly expires: string },
  from: string,
  maxDays: number,
): readonly DayProblem[] {
  const malformed = (['created', 'expires'] as const).flatMap((field): readonly DayProblem[] => {
    const text = days[field];
    return text === undefined || parseDay(text) !== undefined
      ? []
      : [{ field, message: `${field} is no day`, hint: 'write it as 2027-01-31; it is a day in UTC' }];
  });
  if (malformed.length > 0) return malformed;
  const start = days.created ?? from;
  const length = daysBetween(start, days.expires) ?? 0;
  if (days.created !== undefined && length < 0)
    return [{ field: 'expires', message: `it expires before it was created (${days.created})` }];
  if (length <= maxDays) return [];
  const latest = dayOf((parseDay(start) ?? 0) + maxDays * dayLength);
  const since = days.created === undefined ? `today (${start})` : `created (${start})`;
  return [
    {
      field: 'expires',
      message: `longer than ${maxDays} days from ${since}`,
      hint: `${latest} is the last day that is accepted; --waiver-max-days sets how long a waiver may be`,
    },
  ];
}
