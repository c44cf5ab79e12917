import type { DeltaFinding, DeltaGap } from '../model/run-delta.ts';
import type { RunState } from '../model/run-state.ts';
import { severities } from '../model/severity.ts';
import { gapsOf, overdueNow, type Changes, type Compared } from './find-changes.ts';
import { headlineOf } from './headline.ts';
import type { Listed, Message, MessageFinding, MessageGap, MessageKind, MessageRun, MessageWaiver, OpenCounts } from './message.ts';
import { createToDo, type ToDo } from './to-do.ts';
import { visibleText } from './visible-text.ts';

export interface MessageFacts {
  readonly kind: MessageKind;
  readonly compared: Compared;
  /** As `findChanges` says; not looked at in a heartbeat. */
  readonly changes: Changes;
  readonly link?: string;
}

/** Of what is good or already known a few are enough. */
const most = { finding: 10, fixed: 5, gap: 10, waiver: 10 };

/** What a channel is told, but for the id, which depends on the channel. Pure. */
export function makeMessage({ kind, compared, changes, link }: MessageFacts): Omit<Message, 'id'> {
  const { before, after, open } = compared;
  const { run } = after.result;
  const toDo = createToDo(after.result);
  const quiet = kind === 'heartbeat' || kind === 'stale';
  const findings = (list: readonly DeltaFinding[], limit = most.finding): Listed<MessageFinding> =>
    listed(quiet ? [] : list.toSorted(mostSevereFirst), limit, (one) => messageFinding(one, toDo));
  const gaps = (list: readonly DeltaGap[], withAdvice: boolean): Listed<MessageGap> =>
    listed(quiet ? [] : list, most.gap, (gap) => messageGap(gap, withAdvice ? toDo.ofGap(gap) : undefined));
  const message: Omit<Message, 'id' | 'headline'> = {
    schemaVersion: 1,
    kind,
    run: { ...messageRun(after), exitReason: visibleText(run.exitReason, 500) },
    ...(before === undefined || kind === 'summary' ? {} : { previous: messageRun(before) }),
    open: openCounts(compared),
    changes: {
      new: findings(changes.new),
      reopened: findings(changes.reopened),
      unverified: findings(changes.unverified),
      fixed: findings(changes.fixed, most.fixed),
      waived: findings(changes.waived, most.fixed),
      overdue: findings(changes.overdue),
      newGaps: gaps(changes.newGaps, true),
      goneGaps: gaps(changes.goneGaps, false),
      waivers: listed(quiet ? [] : changes.waivers, most.waiver, messageWaiver),
    },
    ...(kind === 'summary' ? { worst: findings(open) } : {}),
    ...(link === undefined ? {} : { link }),
  };
  return { ...message, headline: headlineOf(message) };
}

function listed<A, B>(list: readonly A[], limit: number, each: (one: A) => B): Listed<B> {
  return { count: list.length, first: list.slice(0, limit).map(each) };
}

function messageRun({ result: { run } }: RunState): MessageRun {
  return { id: visibleText(run.id, 64), asOf: run.asOf, outcome: run.outcome };
}

function openCounts({ after: { result, notJudged }, open, unverified }: Compared): OpenCounts {
  return {
    failing: result.summary.findings.fail,
    unknown: result.summary.findings.unknown,
    unverified,
    overdue: overdueNow(open, result.run.asOf).length,
    gaps: gapsOf(result).length,
    unreadScopes: result.scopes.filter(({ status }) => status === 'failed').length,
    notJudged: notJudged.length,
    bySeverity: result.summary.bySeverity,
  };
}

function messageFinding(one: DeltaFinding, toDo: ToDo): MessageFinding {
  const { account, region, itemKey, firstSeen, dueAt } = one;
  const advice = one.status === 'unknown' || one.status === 'fail' ? toDo.ofFinding(one) : undefined;
  return {
    id: visibleText(one.id, 64),
    policyId: visibleText(one.policyId, 100),
    title: visibleText(one.title, 200),
    severity: one.severity,
    status: one.status,
    scope: visibleText(one.scope, 200),
    type: visibleText(one.type, 100),
    name: visibleText(one.name, 300),
    address: visibleText(one.address, 600),
    ...(account === undefined ? {} : { account: visibleText(account, 20) }),
    ...(region === undefined ? {} : { region: visibleText(region, 40) }),
    ...(itemKey === undefined ? {} : { itemKey: visibleText(itemKey, 200) }),
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(advice === undefined ? {} : { toDo: visibleText(advice, 300) }),
  };
}

function messageGap({ scope, action, reason }: DeltaGap, advice: string | undefined): MessageGap {
  return {
    scope: visibleText(scope, 200),
    action: visibleText(action, 100),
    reason,
    ...(advice === undefined ? {} : { toDo: visibleText(advice, 300) }),
  };
}

function messageWaiver({ waiver, stage }: Changes['waivers'][number]): MessageWaiver {
  const { id, owner, ticket, expires, findings, gaps } = waiver;
  return {
    id: visibleText(id, 200),
    owner: visibleText(owner, 200),
    ...(ticket === undefined ? {} : { ticket: visibleText(ticket, 200) }),
    ...{ expires, stage },
    covers: findings + gaps,
  };
}

type Ranked = Pick<DeltaFinding, 'severity' | 'status' | 'policyId' | 'address' | 'itemKey'>;

/** Of one severity failures before unknowns; then by policy, address and item, so that the same changes make the same message. */
export function mostSevereFirst(a: Ranked, b: Ranked): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    Number(a.status === 'unknown') - Number(b.status === 'unknown') ||
    compare(a.policyId, b.policyId) ||
    compare(a.address, b.address) ||
    compare(a.itemKey ?? '', b.itemKey ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
