import type { Framework, Requirement } from './framework.ts';
import type { StatusCounts } from './scan-result.ts';

/**
 * - `met`: every policy that is mapped to it ran on all that it judges; some passed, none failed, none is unknown
 * - `not_met`: something failed
 * - `unknown`: nothing failed, but not everything is known; the reasons say what is not
 * - `waived`: nothing failed and all is known, but a failure or something unknown is accepted until a date
 * - `not_applicable`: its policies ran and found nothing to judge
 * - `not_covered`: no policy is mapped to it
 */
export const controlStatuses = ['met', 'not_met', 'unknown', 'waived', 'not_applicable', 'not_covered'] as const;
export type ControlStatus = (typeof controlStatuses)[number];

/** What one policy says on a requirement. */
export interface PolicyEvidence {
  readonly id: string;
  /** Absent where the run did not have the policy. */
  readonly title?: string;
  readonly counts?: StatusCounts;
  /** Why its counts are not the whole truth; empty when they are. */
  readonly reasons: readonly string[];
}

export interface RequirementEvidence extends Requirement {
  readonly status: ControlStatus;
  readonly policies: readonly PolicyEvidence[];
  /** Over its policies. One resource counts once for each policy that judged it. */
  readonly counts: StatusCounts;
}

/** The evidence that one run gives for the requirements of one framework. */
export interface FrameworkEvidence {
  readonly framework: Pick<Framework, 'id' | 'title' | 'version' | 'url'>;
  readonly run: { readonly id: string; readonly asOf: string; readonly toolVersion: string };
  /** Ids of what was read, such as `aws/111122223333/eu-west-1`. */
  readonly scopes: readonly string[];
  readonly summary: { readonly [status in ControlStatus]: number };
  readonly requirements: readonly RequirementEvidence[];
}
