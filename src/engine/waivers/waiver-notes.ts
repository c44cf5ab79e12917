import type { WaiversResult, WaiverUse } from '../../model/scan-result.ts';
import { expiringDays } from './waiver-state.ts';

const mostNamed = 10;

/** What people have to do about waivers: what has expired and fails again, what will soon, and what can go. */
export function waiverNotes({ waivers }: Pick<WaiversResult, 'waivers'>): readonly string[] {
  const expired = waivers.filter(({ state, use }) => state === 'expired' && use === 'used');
  const toCome = waivers.filter(({ state, use }) => state === 'not-yet' && use === 'used');
  const soon = waivers.filter(({ state, use }) => state === 'expiring' && use === 'used');
  const unused = waivers.filter(({ use }) => use === 'unused');
  const named = (some: readonly WaiverUse[], text: (one: WaiverUse) => string): readonly string[] => [
    ...some.slice(0, mostNamed).map(text),
    ...(some.length > mostNamed ? [`… and ${some.length - mostNamed} more waivers; -f json has all`] : []),
  ];
  return [
    ...named(
      expired,
      (one) => `waiver ${one.id} expired on ${one.expires}: ${covered(one)} ${one.findings + one.gaps === 1 ? 'counts' : 'count'} again`,
    ),
    ...named(
      toCome,
      (one) =>
        `waiver ${one.id} holds from a day to come: ${covered(one)} ${one.findings + one.gaps === 1 ? 'counts' : 'count'} until then`,
    ),
    ...named(soon, (one) => `waiver ${one.id} of ${one.owner} ends on ${one.expires}, within ${expiringDays} days: ${covered(one)}`),
    ...(unused.length === 0
      ? []
      : [
          `${unusedText(unused)} (nothing that ${unused.length === 1 ? 'it speaks' : 'they speak'} of fails): remove ${unused.length === 1 ? 'it' : 'them'}`,
        ]),
  ];
}

function covered({ findings, gaps }: WaiverUse): string {
  const some = (count: number, noun: string): readonly string[] => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`]);
  return [...some(findings, 'finding'), ...some(gaps, 'gap')].join(' and ');
}

function unusedText(unused: readonly WaiverUse[]): string {
  const names = unused
    .slice(0, mostNamed)
    .map(({ id }) => id)
    .join(', ');
  const more = unused.length > mostNamed ? ` and ${unused.length - mostNamed} more` : '';
  return unused.length === 1 ? `waiver ${names} covers nothing` : `${unused.length} waivers cover nothing: ${names}${more}`;
}
