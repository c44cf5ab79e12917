import type { Finding, PlanEffect, Status } from './finding.ts';
import type { ParamValues, PolicyOverride, PolicyText, Remediation } from './policy.ts';
import type { Gap, Scope, ScopeStatus } from './resource.ts';
import type { Severity } from './severity.ts';
import type { WaiverNote } from './waiver.ts';

/** The canonical result, `findings.json`, schema version 1. Every other format is a pure function of it. */
export interface ScanResult {
  readonly schemaVersion: 1;
  readonly run: Run;
  readonly scopes: readonly ScopeResult[];
  readonly summary: Summary;
  readonly policies: readonly PolicyResult[];
  /** Sorted: severity, policy id, address, item key. */
  readonly findings: readonly Finding[];
}

export const outcomes = ['compliant', 'violations', 'incomplete', 'failed', 'interrupted'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Run {
  /** A hash of the inputs when `--as-of` fixes the clock, else random. */
  readonly id: string;
  readonly tool: { readonly name: 'sealcheck'; readonly version: string };
  /** The clock of the evaluation, ISO 8601. */
  readonly asOf: string;
  /** When the run began and how long it took; left out with `--as-of`, so that a re-run is byte-identical. */
  readonly startedAt?: string;
  readonly durationMs?: number;
  readonly failOn: Severity | 'none';
  readonly failOnUnknown: Severity | 'never';
  readonly detail: 'all' | 'failing';
  readonly outcome: Outcome;
  readonly exitCode: 0 | 1 | 3 | 4 | 130;
  /** One sentence: why the exit code is what it is. */
  readonly exitReason: string;
  readonly notes: readonly string[];
  /** How many of the policies at hand were judged, where flags chose among them (`--policy`, `--tag`, `--severity`). */
  readonly selection?: { readonly policies: number; readonly of: number };
  /** What pseudonyms stand for, sorted; absent where everything is called what it is. */
  readonly redacted?: readonly Redactable[];
  /** How the findings compare with those of an earlier run; only with `--baseline`, or with a state that has one. */
  readonly baseline?: BaselineResult;
  /** Which run this is of those that a state keeps, from 1; only with `--state-dir`. */
  readonly state?: { readonly sequence: number };
  /** What the code of the run does to the live findings of the run; only where both were given. */
  readonly plan?: { readonly [effect in PlanEffect]: number } & {
    /** Live findings whose resource is not in the code. */
    readonly elsewhere: number;
  };
  /** What became of the waivers; only where there are any, and not with `--no-waivers`. */
  readonly waivers?: WaiversResult;
}

export const redactables = ['account', 'name'] as const;
/** What `--redact` replaces by pseudonyms. */
export type Redactable = (typeof redactables)[number];

export interface WaiversResult {
  /** Findings and gaps that are waived. */
  readonly findings: number;
  readonly gaps: number;
  /** All waivers of the run, in the order in which they are tried. */
  readonly waivers: readonly WaiverUse[];
}

export const waiverStates = ['active', 'expiring', 'expired', 'not-yet'] as const;
/** On the day of the run. expiring: it holds, for 30 days at the most. not-yet: its first day is to come. */
export type WaiverState = (typeof waiverStates)[number];

export const waiverUses = ['used', 'unused', 'not-judged'] as const;
/** Whether it speaks of anything in this run. not-judged: none of its policies, or nowhere that it speaks of, was part of the run. */
export type WaiverUsage = (typeof waiverUses)[number];

export interface WaiverUse extends WaiverNote {
  /** Ids as written, `*` for all; empty for a gap. */
  readonly policies: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly state: WaiverState;
  readonly use: WaiverUsage;
  /** Findings and gaps that it speaks of, whether or not it holds today. */
  readonly findings: number;
  readonly gaps: number;
}

export interface BaselineResult {
  readonly runId: string;
  readonly asOf: string;
  readonly new: number;
  readonly persisting: number;
  /** New, but known from before they were fixed; only a state can tell. */
  readonly reopened: number;
  /** They failed when they were last judged, and could not be verified now: carried on as unknown, never called fixed. */
  readonly unverified: number;
  /** They failed or were unknown then, and are judged otherwise now. */
  readonly fixed: readonly ClosedFinding[];
  /** Of the findings of then, those whose policy or resource was not asked for this time: neither fixed nor persisting. */
  readonly notJudged: number;
}

/** A finding of the baseline that is gone. */
export interface ClosedFinding {
  readonly id: string;
  readonly policyId: string;
  readonly severity: Severity;
  readonly address: string;
  readonly name: string;
  readonly itemKey?: string;
}

export interface ScopeResult extends Scope {
  readonly status: ScopeStatus;
  /** False where resources may be missing although the input was read as a whole: a targeted plan, `--changed-only`. */
  readonly whole?: false;
  /** Resources read, by type. */
  readonly resources: { readonly [type: string]: number };
  readonly gaps: readonly Gap[];
  /**
   * Set where not everything could be read this time and a state knows a run, of this moment (ISO 8601), that did: what failed then and could
   * not be verified since is among the findings as unknown.
   */
  readonly carriedFrom?: string;
}

export type StatusCounts = { readonly [status in Status]: number };

export interface Summary {
  readonly resources: number;
  readonly findings: StatusCounts;
  readonly bySeverity: { readonly [severity in Severity]: { readonly fail: number; readonly unknown: number } };
}

/** Policy text stands once, here; findings name it by id. */
export interface PolicyResult extends PolicyText {
  /** Of this run; `overrides` says for which resources they differ. */
  readonly params: ParamValues;
  /** Set where what no override names is not judged: the reason. */
  readonly off?: string;
  /** What configuration changes for some resources; the first that matches counts. */
  readonly overrides?: readonly PolicyOverride[];
  readonly remediation: Remediation;
  readonly counts: StatusCounts;
}
