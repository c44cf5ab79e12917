import { severities } from '../model/severity.ts';
import type { Message } from './message.ts';

/**
 * One line of ASCII that holds counts, words and times of ours alone: it is a subject, a title of a push message, a fallback text. What is
 * worst comes first, since services cut it.
 */
export function headlineOf({ kind, run, previous, open, changes }: Omit<Message, 'id' | 'headline'>): string {
  switch (kind) {
    case 'summary':
      return `Sealcheck: ${openText(open)}`;
    case 'heartbeat':
      return `Sealcheck: nothing changed, ${openText(open)}; last run ${timeText(run.asOf)}`;
    case 'stale':
      return `Sealcheck: no run since ${timeText(run.asOf)}; then ${openText(open)}`;
    case 'change': {
      const { reopened, unverified, overdue, newGaps, fixed, goneGaps, waivers } = changes;
      const parts = [
        part(changes.new.count, 'new'),
        part(reopened.count, 'reopened'),
        part(overdue.count, 'overdue'),
        part(unverified.count, 'unverified'),
        part(newGaps.count, newGaps.count === 1 ? 'new gap' : 'new gaps'),
        part(fixed.count, 'fixed'),
        part(waivers.count, waivers.count === 1 ? 'waiver ends' : 'waivers end'),
        part(goneGaps.count, goneGaps.count === 1 ? 'gap gone' : 'gaps gone'),
      ].flat();
      const outcome = previous !== undefined && previous.outcome !== run.outcome ? `now ${run.outcome}` : undefined;
      return `Sealcheck: ${[...parts, ...(outcome === undefined ? [] : [outcome])].join(', ')}; ${openText(open)}`;
    }
    default:
      return kind satisfies never;
  }
}

/** `38 failing (2 critical, 5 high), 3 unknown, 1 gap`. */
function openText({ failing, unknown, gaps, unreadScopes, notJudged, bySeverity }: Message['open']): string {
  const worst = severities
    .slice(0, 2)
    .flatMap((severity) => part(bySeverity[severity].fail, severity))
    .join(', ');
  return [
    `${failing} failing${worst === '' ? '' : ` (${worst})`}`,
    ...part(unknown, 'unknown'),
    ...part(gaps, gaps === 1 ? 'gap' : 'gaps'),
    ...part(unreadScopes, unreadScopes === 1 ? 'scope unread' : 'scopes unread'),
    ...part(notJudged, 'not judged'),
  ].join(', ');
}

/** `2026-11-20 08:00 UTC`. */
export function timeText(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? 'at an unknown time' : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function part(count: number, words: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${words}`];
}
