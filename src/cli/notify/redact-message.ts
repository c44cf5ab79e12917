import type { Finding } from '../../model/finding.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { sourceNames } from '../../model/source-name.ts';
import { mostSevereFirst } from '../../notify/make-message.ts';
import type { Listed, Message, MessageFinding, MessageGap, MessageWaiver } from '../../notify/message.ts';
import { visibleText } from '../../notify/visible-text.ts';

type Body = Omit<Message, 'id'>;

/**
 * A message with pseudonyms, by the redaction of results: what the message holds is laid into a small result, redacted there, and taken out
 * again. The same key gives the pseudonyms that reports have. `result` is the run that the message is about.
 */
export function redactMessage(message: Body, result: ScanResult, redact: (result: ScanResult) => ScanResult): Body {
  const { changes, worst, run, previous } = message;
  const findings = [changes.new, changes.reopened, changes.unverified, changes.fixed, changes.waived, changes.overdue, worst].flatMap(
    (list) => list?.first ?? [],
  );
  const gaps = [...changes.newGaps.first, ...changes.goneGaps.first];
  const redacted = redactAll(result, redact, { findings, gaps, waivers: changes.waivers.first });
  const each = <T>({ count, first }: Listed<T>, one: (before: T) => T): Listed<T> => ({ count, first: first.map(one) });
  // The order would tell of the old names.
  const finding = ({ count, first }: Listed<MessageFinding>): Listed<MessageFinding> => ({
    count,
    first: first.map(redacted.finding).sort(mostSevereFirst),
  });
  const runId = (id: string): string => redact({ ...result, ...nothing, run: { ...result.run, id } }).run.id;
  return {
    ...message,
    run: { ...run, id: runId(run.id) },
    ...(previous === undefined ? {} : { previous: { ...previous, id: runId(previous.id) } }),
    changes: {
      new: finding(changes.new),
      reopened: finding(changes.reopened),
      unverified: finding(changes.unverified),
      fixed: finding(changes.fixed),
      waived: finding(changes.waived),
      overdue: finding(changes.overdue),
      newGaps: each(changes.newGaps, redacted.gap),
      goneGaps: each(changes.goneGaps, redacted.gap),
      waivers: each(changes.waivers, redacted.waiver),
    },
    ...(worst === undefined ? {} : { worst: finding(worst) }),
  };
}

const nothing = { findings: [], scopes: [], policies: [] };

interface Parts {
  readonly findings: readonly MessageFinding[];
  readonly gaps: readonly MessageGap[];
  readonly waivers: readonly MessageWaiver[];
}

/** What each part becomes. Redaction sorts findings by what they are called then, so each carries its number in place of its policy. */
function redactAll(result: ScanResult, redact: (result: ScanResult) => ScanResult, { findings, gaps, waivers }: Parts) {
  const after = redact({
    ...result,
    // Their texts may hold account ids.
    policies: result.policies.filter(({ id }) => findings.some(({ policyId }) => policyId === id)),
    findings: findings.map((one, index) => asFinding(one, numbered(index))),
    scopes: [
      ...gaps.map(({ scope, action, reason, toDo = '' }) => ({
        ...asScope(scope),
        gaps: [{ operation: action, action, types: [], reason, count: 1, hint: toDo }],
      })),
      // So that the redaction knows them for scopes.
      ...findings.map(({ scope }) => asScope(scope)),
    ],
    run: {
      ...withoutLists(result.run),
      waivers: {
        ...{ findings: 0, gaps: 0 },
        waivers: waivers.map(({ id, owner, ticket, expires, stage }) => ({
          ...{ id, owner, expires, reason: '', ...(ticket === undefined ? {} : { ticket }) },
          ...{ policies: [], file: '', line: 1, state: stage, use: 'used' as const, findings: 0, gaps: 0 },
        })),
      },
    },
  });
  const titles = new Map(after.policies.map(({ id, title }) => [id, visibleText(title, 200)]));
  const byNumber = new Map(after.findings.map((one) => [one.policyId, one]));
  const [findingOf, gapOf, waiverOf] = [indexOf(findings), indexOf(gaps), indexOf(waivers)];
  return {
    finding: (one: MessageFinding): MessageFinding => {
      const now = byNumber.get(numbered(findingOf(one)));
      if (now === undefined) throw new Error('a finding was lost while it was redacted');
      const { name, address, account, region } = now.resource;
      return {
        ...withoutToDo(one),
        ...{ id: now.id, scope: now.scope, name, address, title: titles.get(one.policyId) ?? one.title },
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
        ...(now.itemKey === undefined ? {} : { itemKey: now.itemKey }),
      };
    },
    gap: (one: MessageGap): MessageGap => {
      const scope = after.scopes[gapOf(one)];
      if (scope === undefined) throw new Error('a gap was lost while it was redacted');
      const hint = scope.gaps[0]?.hint;
      return { ...one, scope: scope.id, ...(one.toDo === undefined || hint === undefined ? {} : { toDo: hint }) };
    },
    waiver: (one: MessageWaiver): MessageWaiver => {
      const now = after.run.waivers?.waivers[waiverOf(one)];
      if (now === undefined) throw new Error('a waiver was lost while it was redacted');
      return { ...one, id: now.id, owner: now.owner, ...(now.ticket === undefined ? {} : { ticket: now.ticket }) };
    },
  };
}

const numbered = (index: number): string => `n${index}`;

function indexOf<T>(list: readonly T[]): (one: T) => number {
  const places = new Map(list.map((one, index) => [one, index]));
  return (one) => places.get(one) ?? -1;
}

/** An advice may name what it is about. */
function withoutToDo({ toDo: _, ...rest }: MessageFinding): MessageFinding {
  return rest;
}

function asScope(id: string): ScanResult['scopes'][number] {
  const source = sourceNames.find((name) => id.startsWith(`${name}/`)) ?? 'aws';
  return { id, source, status: 'complete', resources: {}, gaps: [] };
}

/** They have nothing to do with the message, and cost time. */
function withoutLists({ baseline: _, waivers: __, ...run }: ScanResult['run']): ScanResult['run'] {
  return { ...run, notes: [] };
}

function asFinding({ id, severity, scope, type, address, name, account, region, itemKey }: MessageFinding, policyId: string): Finding {
  return {
    ...{ id, policyId, severity, scope, status: 'pass' },
    resource: { type, address, name, ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) },
    ...(itemKey === undefined ? {} : { itemKey }),
  };
}
