import type { Evidence, UnknownFact } from '../../model/finding.ts';
import type { SourceLocation } from '../../model/location.ts';
import type { Control, Remediation } from '../../model/policy.ts';
import type { Change } from '../../model/resource.ts';
import type { Severity } from '../../model/severity.ts';
import type { SourceName } from '../../model/source-name.ts';
import type { WaiverNote } from '../../model/waiver.ts';

/** What the page's script reads: the findings, with each text written once. Numbers in columns are places in lists; -1 is none. */
export interface ReportData {
  readonly runId: string;
  readonly asOf: string;
  readonly strings: readonly string[];
  readonly policies: readonly PolicyData[];
  readonly scopes: readonly ScopeData[];
  readonly tagSets: readonly { readonly [key: string]: string }[];
  readonly details: readonly DetailData[];
  /** Ids of the findings, each once, so not among `strings`. */
  readonly ids: readonly string[];
  readonly columns: { readonly [name in ColumnName]: readonly number[] };
}

/** `status`, `severity`, `state` and `plan` are places in the lists of the model; the others in the lists above. */
export const columnNames = [
  'status',
  'severity',
  'state',
  'plan',
  'policy',
  'scope',
  'tags',
  'detail',
  'type',
  'account',
  'region',
  'name',
  'address',
  'message',
  'item',
] as const;
export type ColumnName = (typeof columnNames)[number];

export interface PolicyData {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  readonly controls: readonly Control[];
  readonly remediation: Remediation;
}

export interface ScopeData {
  readonly id: string;
  readonly source: SourceName;
}

/** What the panel of one finding shows beside its row. */
export interface DetailData {
  readonly evidence?: readonly Evidence[];
  readonly unknown?: readonly UnknownFact[];
  readonly waiver?: WaiverNote;
  readonly expiredWaiver?: WaiverNote;
  readonly location?: SourceLocation;
  readonly change?: Change;
  /** ISO 8601, all three; only where a state keeps them. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  readonly dueAt?: string;
}
