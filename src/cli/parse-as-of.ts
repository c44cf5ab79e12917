import { UserError } from '../model/errors.ts';
import { parseTime } from '../resources/decode.ts';

/** The clock that `--as-of` sets, epoch milliseconds. Throws UserError. */
export function parseAsOf(text: string): number {
  const time = parseTime(text);
  if (time === undefined)
    throw new UserError('usage', `${text} is not a time`, { hint: 'write --as-of 2026-01-31 or --as-of 2026-01-31T08:00:00Z' });
  return time;
}
