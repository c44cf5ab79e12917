import type { ParamValue } from '../../model/policy.ts';
import type { Severity } from '../../model/severity.ts';

/** `sealcheck.config.yaml` as it is written, after the schema has accepted it. */
export interface RawConfig extends RawPolicyChoice {
  readonly sources?: { readonly aws?: boolean; readonly paths?: readonly string[] };
  readonly accounts?: readonly RawAccount[];
  readonly withCaller?: boolean;
  readonly regions?: readonly string[];
  readonly builtin?: boolean;
  readonly policyPaths?: readonly string[];
  readonly trusted?: { readonly accounts?: readonly string[]; readonly organizations?: readonly string[] };
  readonly naming?: { readonly secrets?: string; readonly parameters?: string };
  readonly requiredTags?: readonly string[];
  readonly overrides?: readonly RawOverride[];
  readonly failOn?: Severity | 'none';
  readonly failOnUnknown?: Severity | 'never';
  readonly outputs?: { readonly [format: string]: string };
  readonly waivers?: string;
  readonly stateDir?: string;
  readonly retainDays?: number;
  readonly dueDays?: { readonly [severity in Severity]?: number | 'none' };
}

export interface RawAccount {
  readonly id: string;
  readonly name?: string;
  readonly role?: string;
  readonly externalId?: string;
}

export interface RawPolicyChoice {
  readonly policies?: { readonly [id: string]: RawPolicySetting };
  readonly tags?: { readonly [tag: string]: { readonly enabled: boolean } };
}

export interface RawPolicySetting {
  readonly enabled?: boolean;
  /** Never in an override. */
  readonly severity?: Severity;
  readonly params?: { readonly [name: string]: ParamValue };
}

export interface RawOverride extends RawPolicyChoice {
  readonly match: {
    readonly accounts?: readonly string[];
    readonly regions?: readonly string[];
    readonly paths?: readonly string[];
    readonly tags?: { readonly [key: string]: string };
  };
}
