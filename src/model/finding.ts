import type { SourceLocation } from './location.ts';
import type { Severity } from './severity.ts';
import type { UnknownReason } from './unknown.ts';

export const statuses = ['pass', 'fail', 'unknown', 'waived', 'not_applicable'] as const;
export type Status = (typeof statuses)[number];

/** One fact that a verdict rests on. A value is metadata (a date, an action, a key id), never a secret. */
export interface Evidence {
  readonly path: string;
  readonly state: 'value' | 'absent' | 'unknown';
  /** Only when state is value. Timestamps in ISO 8601. */
  readonly value?: unknown;
  /** IAM action of the call that gave it. */
  readonly api?: string;
}

/** Something the verdict would have needed. */
export interface UnknownFact {
  readonly path: string;
  readonly reason: UnknownReason;
  readonly detail: string;
  /** IAM action that would answer it. */
  readonly action?: string;
}

export interface FindingResource {
  readonly type: string;
  readonly address: string;
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** An accepted risk, as shown with the finding it covers. */
export interface WaiverNote {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly ticket?: string;
}

interface FindingBase {
  /** `f1_` and 32 hex digits; the same between runs, see engine/identity.ts. */
  readonly id: string;
  readonly policyId: string;
  readonly severity: Severity;
  readonly resource: FindingResource;
  /** Which item of the resource, for a policy with `each`. */
  readonly itemKey?: string;
  readonly location?: SourceLocation;
}

export type Finding =
  | (FindingBase & { readonly status: 'pass' })
  | (FindingBase & { readonly status: 'fail'; readonly message: string; readonly evidence: readonly Evidence[] })
  | (FindingBase & {
      readonly status: 'unknown';
      readonly message: string;
      readonly unknown: readonly [UnknownFact, ...UnknownFact[]];
      readonly evidence: readonly Evidence[];
    })
  | (FindingBase & {
      readonly status: 'waived';
      readonly message: string;
      readonly evidence: readonly Evidence[];
      readonly unknown?: readonly [UnknownFact, ...UnknownFact[]];
      readonly waiver: WaiverNote;
    })
  | (FindingBase & { readonly status: 'not_applicable'; readonly reason: string });
