import type { Status } from '../model/finding.ts';
import type { ParamValues } from '../model/policy.ts';
import type { Attributes } from '../model/resource.ts';
import type { SourceName } from '../model/source-name.ts';

/** One test of a policy, its fixture decoded and checked. */
export interface PolicyTest {
  readonly name: string;
  readonly type: string;
  readonly attributes: Attributes;
  readonly params: ParamValues;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly source: SourceName;
  readonly expect: Exclude<Status, 'waived'>;
  readonly messages?: readonly string[];
  readonly unknown?: readonly string[];
  readonly reason?: string;
  /** Where it stands in its file. */
  readonly line: number;
}

/** The clock of tests that set none. */
export const defaultTestClock = Date.UTC(2026, 0, 1);
