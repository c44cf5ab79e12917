import type { WaiverState } from '../../model/scan-result.ts';
import type { Waiver, WaiverNote } from '../../model/waiver.ts';
import { dayOf, daysBetween } from '../../resources/calendar-day.ts';

/** Waivers are announced that long before their last day. */
export const expiringDays = 30;

/** On the day, in UTC, of `now` (epoch milliseconds): the first and the last day of a waiver belong to it. */
export function waiverState({ created, expires }: Pick<Waiver, 'created' | 'expires'>, now: number): WaiverState {
  const today = dayOf(now);
  const left = daysBetween(today, expires) ?? -1;
  if (left < 0) return 'expired';
  if (created !== undefined && (daysBetween(created, today) ?? -1) < 0) return 'not-yet';
  return left <= expiringDays ? 'expiring' : 'active';
}

/** Whether it covers what it speaks of. */
export function holds(state: WaiverState): boolean {
  return state === 'active' || state === 'expiring';
}

/** What a finding or a gap shows of a waiver. */
export function noteOf({ id, reason, owner, expires, ticket, approvedBy, place }: Waiver): WaiverNote {
  return {
    id,
    reason,
    owner,
    expires,
    ...(ticket === undefined ? {} : { ticket }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(place.inline ? { inline: true as const } : {}),
  };
}
