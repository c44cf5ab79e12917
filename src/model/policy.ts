import type { Expression, Template } from './expression.ts';
import type { Severity } from './severity.ts';
import type { SourceName } from './source-name.ts';

/** A requirement of a published framework that the policy gives evidence for. */
export interface Control {
  readonly framework: string;
  readonly id: string;
}

export interface Remediation {
  readonly text: string;
  readonly url?: string;
  /** May hold `{{ resource.name }}` and the like, for the reader to fill in. */
  readonly cli?: string;
  readonly terraform?: string;
  readonly cloudformation?: string;
}

export const paramTypes = ['int', 'string', 'bool', 'list<string>', 'regex'] as const;
export type ParamType = (typeof paramTypes)[number];
export type ParamValue = number | string | boolean | readonly string[];
export type ParamValues = { readonly [name: string]: ParamValue };

export interface Param {
  readonly type: ParamType;
  readonly default: ParamValue;
  /** Bounds of an int, both inclusive. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** What an int means: values up to it pass (the default), or values from it on. */
  readonly accepts?: 'at-most' | 'at-least';
  readonly description: string;
}

/** What people and reports see of a policy. */
export interface PolicyText {
  readonly id: string;
  /** Former ids, which waivers and selectors still accept. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  /** Resource types that it judges. */
  readonly resources: readonly string[];
  /** Sources in which it makes sense. */
  readonly sources: readonly SourceName[];
  readonly tags: readonly string[];
  readonly controls: readonly Control[];
  /** Ids of the checks of other tools that ask the same or nearly the same. */
  readonly equivalents: readonly string[];
  /** Set when the policy is kept only so that its id still resolves; the text says what to use instead. */
  readonly deprecated?: string;
}

/** A policy after loading: validated, type-checked, conditions as data. */
export interface Policy extends PolicyText {
  readonly remediation: Remediation;
  readonly params: { readonly [name: string]: Param };
  readonly variables: readonly { readonly name: string; readonly expression: Expression }[];
  /** In order; the first that is true decides. */
  readonly exclude: readonly { readonly if: Expression; readonly reason: string }[];
  /** One verdict an item of this list instead of one for the resource. */
  readonly each?: { readonly variable: string; readonly in: Expression; readonly key?: Expression };
  readonly when?: { readonly expression: Expression; readonly text: string };
  readonly assert: readonly Assertion[];
  /** Attribute paths that any expression reads, by resource type: what must be collected. */
  readonly reads: { readonly [type: string]: readonly string[] };
  readonly origin: { readonly file: string; readonly builtin: boolean };
}

export interface Assertion {
  readonly that: Expression;
  readonly message: Template;
  /** Where the finding is shown in source files: a chain such as `resource.rotation.enabled`, or of the item. */
  readonly locate?: string;
  /** Chains that `that` and `when` read; they become the evidence. */
  readonly evidence: readonly string[];
}

/** Which resources configuration means: all that is said must hold, and of a list any. `*` and `?` in regions and tags as in a glob. */
export interface ResourceMatch {
  /** Ids, 12 digits. */
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** Patterns of source files: `*` stops at `/`, a segment `**` is any number of folders, and a folder takes in all below it. */
  readonly paths?: {
    readonly patterns: readonly string[];
    /** From the folder that the patterns are relative to, to the working directory that locations are relative to; empty where they are one. */
    readonly from: string;
  };
  readonly tags?: { readonly [key: string]: string };
}

/** How a policy judges: with params, or not at all, for a reason that is shown. */
export type PolicySetting = { readonly kind: 'judged'; readonly params: ParamValues } | { readonly kind: 'off'; readonly reason: string };

/** What configuration changes for some resources. */
export interface PolicyOverride {
  readonly match: ResourceMatch;
  /** Where it is written: `sealcheck.config.yaml:12`. */
  readonly at: string;
  readonly setting: PolicySetting;
}

/** A policy with the values of its params for this run. */
export interface SelectedPolicy {
  readonly policy: Policy;
  readonly params: ParamValues;
  /** Set where what no override names is not judged: the reason. */
  readonly off?: string;
  /** In order: the first that matches a resource counts. Absent: none. */
  readonly overrides?: readonly PolicyOverride[];
}
