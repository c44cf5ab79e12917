import type { Outcome, Summary } from '../model/scan-result.ts';
import type { Severity } from '../model/severity.ts';
import type { UnknownReason } from '../model/unknown.ts';

export const messageKinds = ['summary', 'change', 'heartbeat', 'stale'] as const;
/**
 * summary: the first message to a channel, of what is open. change: something is different since the last one. heartbeat: nothing is, and
 * some days have gone. stale: as heartbeat, but there has been no run for a long time.
 */
export type MessageKind = (typeof messageKinds)[number];

/**
 * What a channel is told: the body of a webhook, the detail of an event, and what texts are made of. Version 1,
 * `schemas/notification.schema.json`. It is bounded: lists hold their first few, texts are cut, and nothing invisible is left in them.
 */
export interface Message {
  readonly schemaVersion: 1;
  /** The same for the same channel, run and kind, however often it is sent: 64 hex digits. */
  readonly id: string;
  readonly kind: MessageKind;
  /** One line of ASCII, without a name in it. */
  readonly headline: string;
  readonly run: MessageRun & { readonly exitReason: string };
  /** The run that the channel was last told of, with which this one is compared; absent in a summary. */
  readonly previous?: MessageRun;
  readonly open: OpenCounts;
  readonly changes: MessageChanges;
  /** Only of a summary: the open findings, most severe first. */
  readonly worst?: Listed<MessageFinding>;
  /** Where people read on. */
  readonly link?: string;
}

export interface MessageRun {
  readonly id: string;
  /** ISO 8601. */
  readonly asOf: string;
  readonly outcome: Outcome;
}

/** What is open in the run, whether or not it has changed. */
export interface OpenCounts {
  readonly failing: number;
  readonly unknown: number;
  /** They failed when they were last judged, and this run could not tell; they are among `unknown`. */
  readonly unverified: number;
  /** The moment has passed by which they were due. */
  readonly overdue: number;
  /** What could not be listed, waived gaps left out. */
  readonly gaps: number;
  /** Of these nothing could be read. */
  readonly unreadScopes: number;
  /** They were open when they were last judged, and nobody asked for them this time, as in a scan of fewer regions; not counted above. */
  readonly notJudged: number;
  readonly bySeverity: Summary['bySeverity'];
}

/** Against the previous run. In a summary overdue, newGaps and waivers hold what stands now; the rest is empty. */
export interface MessageChanges {
  readonly new: Listed<MessageFinding>;
  readonly reopened: Listed<MessageFinding>;
  /** They failed, and nobody knows whether they still do. */
  readonly unverified: Listed<MessageFinding>;
  readonly fixed: Listed<MessageFinding>;
  readonly waived: Listed<MessageFinding>;
  readonly overdue: Listed<MessageFinding>;
  readonly newGaps: Listed<MessageGap>;
  readonly goneGaps: Listed<MessageGap>;
  readonly waivers: Listed<MessageWaiver>;
}

/** How many there are, and the first of them. */
export interface Listed<T> {
  readonly count: number;
  readonly first: readonly T[];
}

export interface MessageFinding {
  readonly id: string;
  readonly policyId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: 'fail' | 'unknown' | 'waived' | 'pass';
  readonly scope: string;
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly account?: string;
  readonly region?: string;
  readonly itemKey?: string;
  /** ISO 8601. */
  readonly firstSeen?: string;
  /** ISO 8601. */
  readonly dueAt?: string;
  /** Of what is unknown: what would answer. */
  readonly toDo?: string;
}

export interface MessageGap {
  readonly scope: string;
  /** IAM action. */
  readonly action: string;
  readonly reason: UnknownReason;
  readonly toDo?: string;
}

export interface MessageWaiver {
  readonly id: string;
  readonly owner: string;
  readonly ticket?: string;
  /** The last day that it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
  readonly stage: WaiverStage;
  /** Findings and gaps that it speaks of. */
  readonly covers: number;
}

/** expiring: its last day is at most 14 days away. expired: it has passed. */
export type WaiverStage = 'expiring' | 'expired';
