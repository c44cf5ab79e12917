import type { Control, Param, ParamValue } from '../model/policy.ts';
import type { Severity } from '../model/severity.ts';
import type { SourceName } from '../model/source-name.ts';
import type { Status } from '../model/finding.ts';

/** A policy file as it is written, after the schema has accepted it. */
export interface RawPolicy {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  readonly resource: string | readonly string[];
  readonly sources?: readonly SourceName[];
  readonly tags?: readonly string[];
  readonly params?: { readonly [name: string]: Param };
  readonly variables?: readonly { readonly name: string; readonly expr: string }[];
  readonly exclude?: readonly { readonly if: string; readonly reason: string }[];
  readonly each?: { readonly var: string; readonly in: string; readonly key?: string };
  readonly when?: string;
  readonly assert: readonly { readonly that: string; readonly message: string; readonly locate?: string }[];
  readonly controls?: readonly Control[];
  readonly equivalents?: readonly string[];
  readonly remediation: {
    readonly text: string;
    readonly url?: string;
    readonly cli?: string;
    readonly terraform?: string;
    readonly cloudformation?: string;
  };
  readonly deprecated?: string;
  readonly tests: readonly RawTest[];
}

export interface RawTest {
  readonly name: string;
  readonly type?: string;
  readonly resource: unknown;
  readonly params?: { readonly [name: string]: ParamValue };
  readonly now?: string;
  readonly source?: SourceName;
  readonly expect: Exclude<Status, 'waived'>;
  readonly messages?: readonly string[];
  readonly unknown?: readonly string[];
  readonly reason?: string;
}
