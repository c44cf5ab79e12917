import type { SourceLocation } from './location.ts';
import type { Change } from './resource.ts';
import type { Severity } from './severity.ts';
import type { UnknownReason } from './unknown.ts';
import type { WaiverNote } from './waiver.ts';

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
  /** What the plan does to it; absent where no plan says. */
  readonly change?: Change;
}

export const findingStates = ['new', 'persisting', 'reopened', 'unverified'] as const;
/**
 * Against an earlier run. new: it was not open there, or unknown where it fails now. persisting: it was open there as it is here. reopened:
 * new, but a state knows it from before it was fixed. unverified: it failed when it was last judged, and now nobody could tell: not fixed.
 */
export type FindingState = (typeof findingStates)[number];

export const planEffects = ['fixed', 'left', 'undecided'] as const;
/** What becomes of a live finding once the code that was given with it is applied. */
export type PlanEffect = (typeof planEffects)[number];

interface FindingBase {
  /** `f1_` and 32 hex digits; the same between runs, see engine/identity.ts. */
  readonly id: string;
  readonly policyId: string;
  readonly severity: Severity;
  /** Id of the scope that the resource was read in. */
  readonly scope: string;
  readonly resource: FindingResource;
  /** Ids that it had while its resource had other addresses (`moved`). */
  readonly previousIds?: readonly string[];
  /** Only of fail and unknown, and only with a baseline or a state. */
  readonly state?: FindingState;
  /** The run that first saw it open, or open again after it was fixed: ISO 8601. Only with a state, and only of what is open or waived. */
  readonly firstSeen?: string;
  /** Of unverified ones: the last run that judged it, ISO 8601. */
  readonly lastSeen?: string;
  /** When it is to be fixed at the latest, by its severity: ISO 8601. Absent: nothing is due. Only of fail and unknown. */
  readonly dueAt?: string;
  /** Of a live finding whose resource is in the code that was given too. */
  readonly plan?: PlanEffect;
  /** Which item of the resource, for a policy with `each`. */
  readonly itemKey?: string;
  readonly location?: SourceLocation;
  /** Only of fail and unknown: the waiver that covered it until its last day. */
  readonly expiredWaiver?: WaiverNote;
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
