/** What a waiver accepts; an unknown only where that is written out. */
export const waivable = ['fail', 'unknown'] as const;
export type Waivable = (typeof waivable)[number];

/** An accepted risk, as shown with the finding it covers. */
export interface WaiverNote {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly ticket?: string;
  readonly approvedBy?: string;
  /** Set where it stands beside the code that it is about. */
  readonly inline?: true;
}

/** An accepted risk that somebody answers for until a day. Checked: its dates are days, and it is not longer than allowed. */
export interface Waiver {
  readonly id: string;
  readonly target: WaiverTarget;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly approvedBy?: string;
  /** The first day that it holds, `YYYY-MM-DD` in UTC; absent beside code, where it holds from the start. */
  readonly created?: string;
  /** The last day that it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
  readonly place: WaiverPlace;
}

/** Where it is written. */
export interface WaiverPlace {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Whether it stands beside the code that it is about. */
  readonly inline: boolean;
}

/** What it covers: findings by what they are of, findings by where their code stands, or a gap in what was read. */
export type WaiverTarget =
  | (FindingTarget & { readonly kind: 'resources'; readonly match: WaiverMatch })
  | (FindingTarget & { readonly kind: 'code'; readonly match: CodeMatch })
  | {
      readonly kind: 'gap';
      /** IAM action of the call that failed. */
      readonly action: string;
      /** Pattern of the scope id, such as `aws/123456789012/*`. */
      readonly scope: string;
    };

interface FindingTarget {
  /** Ids or former ids; `*` alone is every policy. */
  readonly policies: readonly string[];
  readonly covers: readonly Waivable[];
}

/** All that is given has to hold. `*` in a pattern stands for any text; nothing else is special. */
export interface WaiverMatch {
  /** Pattern of the ARN, or of the address in code. */
  readonly address?: string;
  readonly account?: string;
  /** Patterns by tag key. Of a live resource they hold only with `liveTags`: who may tag a secret must not be able to waive it. */
  readonly tags?: { readonly [key: string]: string };
  /** Pattern of the key of the item. */
  readonly itemKey?: string;
  readonly liveTags?: true;
}

/** Code that a waiver stands beside: lines of a file, or a block of a root by its address. Never a live resource. */
export type CodeMatch =
  | {
      readonly kind: 'lines';
      readonly file: string;
      /** Both count from 1 and belong to it. */
      readonly startLine: number;
      readonly endLine: number;
    }
  | { readonly kind: 'block'; readonly scope: string; readonly address: string };

/** A waiver as it is written beside code, not checked yet: texts by name, each with where it stands. */
export interface WrittenWaiver {
  readonly match: CodeMatch;
  readonly file: string;
  /** Of the waiver itself. Line and column count from 1. */
  readonly line: number;
  readonly column: number;
  readonly fields: readonly WrittenField[];
  /** What could not be understood in it, for people. */
  readonly problems: readonly (WrittenPlace & { readonly message: string; readonly hint?: string })[];
  /** The line with nothing but the waiver on it, each character in its column; undefined where it is not written on one line. */
  readonly excerpt?: string;
}

interface WrittenPlace {
  readonly line: number;
  readonly column: number;
}

export interface WrittenField extends WrittenPlace {
  readonly name: string;
  readonly value: string;
}
