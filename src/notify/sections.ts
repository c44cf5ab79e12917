import { timeText } from './headline.ts';
import type { Listed, Message, MessageFinding, MessageGap, MessageWaiver } from './message.ts';

/** A part of a message for people: `New (12)`, its lines, and how many more there are. Each format writes the parts of a line its own way. */
export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Further ones, which have no line. */
  readonly more: number;
}

export type Line = readonly Part[];

/** text: a sentence, of ours or of a policy. name: what somebody else chose, to be shown as it is. strong: a word that stands out. */
export interface Part {
  readonly kind: 'text' | 'name' | 'strong';
  readonly text: string;
}

/** What a message says below its headline, without the empty sections; what is worst comes first. */
export function sectionsOf({ kind, changes, worst }: Message): readonly Section[] {
  const summary = kind === 'summary';
  return [
    ...(worst === undefined ? [] : section('Most severe', worst, findingLine)),
    ...section('New', changes.new, findingLine),
    ...section('Reopened', changes.reopened, findingLine),
    ...section('Overdue', changes.overdue, overdueLine),
    ...section('Could not be verified: they failed before, and may still', changes.unverified, findingLine),
    ...section(summary ? 'Could not be read' : 'Can no longer be read', changes.newGaps, gapLine),
    ...section('Waivers that end', changes.waivers, waiverLine),
    ...section('Fixed', changes.fixed, findingLine),
    ...section('Accepted by a waiver now', changes.waived, findingLine),
    ...section('Can be read again', changes.goneGaps, gapLine),
  ];
}

/** Outcome and counts in words; the second line says what it is compared with. */
export function verdictLines({ kind, run, previous, open }: Message): readonly string[] {
  const since = previous === undefined ? undefined : `compared with the run of ${timeText(previous.asOf)}`;
  const was = previous === undefined || previous.outcome === run.outcome ? '' : ` (was ${previous.outcome})`;
  return [
    `${run.outcome}${was}: ${run.exitReason}`,
    ...(open.unverified > 0 ? [`${open.unverified} failed before and could not be verified; they count as open`] : []),
    ...(open.notJudged > 0 ? [`${open.notJudged} were open when they were last judged, and were not asked for this time`] : []),
    ...(open.overdue > 0 ? [`${open.overdue} overdue in all`] : []),
    ...(kind === 'stale' ? ['Nothing is known of the time since. See whether the scheduled scan still runs.'] : []),
    `run of ${timeText(run.asOf)}${since === undefined ? '' : `, ${since}`}`,
  ];
}

function section<T>(title: string, { count, first }: Listed<T>, line: (one: T) => Line): readonly Section[] {
  return count === 0 ? [] : [{ title: `${title} (${count})`, lines: first.map(line), more: count - first.length }];
}

const text = (words: string): Part => ({ kind: 'text', text: words });
const name = (words: string): Part => ({ kind: 'name', text: words });

function findingLine(finding: MessageFinding): Line {
  return [...subject(finding), ...(finding.toDo === undefined ? [] : [text(`; to do: ${finding.toDo}`)])];
}

function overdueLine(finding: MessageFinding): Line {
  return [...subject(finding), ...(finding.dueAt === undefined ? [] : [text(`, due ${timeText(finding.dueAt)}`)])];
}

function subject({ severity, status, title, name: resource, itemKey, scope }: MessageFinding): Line {
  return [
    { kind: 'strong', text: severity },
    text(` ${title}${status === 'unknown' ? ' (unknown)' : ''}: `),
    name(resource),
    ...(itemKey === undefined ? [] : [text(', '), name(itemKey)]),
    text(' in '),
    name(scope),
  ];
}

function gapLine({ scope, action, reason, toDo }: MessageGap): Line {
  return [
    name(action),
    text(` ${reason.replaceAll('-', ' ')} in `),
    name(scope),
    ...(toDo === undefined ? [] : [text(`; to do: ${toDo}`)]),
  ];
}

function waiverLine({ id, owner, ticket, expires, stage, covers }: MessageWaiver): Line {
  return [
    name(id),
    text(' of '),
    name(owner),
    ...(ticket === undefined ? [] : [text(', '), name(ticket)]),
    text(`, ${stage === 'expired' ? `ended on ${expires}` : `until ${expires}`}, covers ${covers}`),
  ];
}
