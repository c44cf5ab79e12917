import { findingStates, planEffects, statuses, type FindingState, type PlanEffect, type Status } from '../../../model/finding.ts';
import { severities, type Severity } from '../../../model/severity.ts';
import { safeText } from '../../safe-text.ts';
import { dueTerm, type DueTerm } from './due-term.ts';
import type { ColumnName, DetailData, PolicyData, ReportData, ScopeData } from '../report-data.ts';

/** A finding as the page shows it. Texts are as they were read: whoever shows one makes hidden characters visible. */
export interface Row {
  readonly id: string;
  readonly status: Status;
  readonly severity: Severity;
  readonly state: FindingState | undefined;
  readonly plan: PlanEffect | undefined;
  readonly policy: PolicyData;
  readonly scope: ScopeData;
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly address: string;
  readonly message: string;
  readonly item: string;
  readonly tags: { readonly [key: string]: string };
  readonly detail: DetailData;
  /** When it is to be fixed; undefined: nothing is due. */
  readonly due: DueTerm | undefined;
  /** What the search looks through, in lower case. */
  readonly text: string;
}

const noPolicy: PolicyData = { id: '', title: '', severity: 'info', description: '', controls: [], remediation: { text: '' } };
const noScope: ScopeData = { id: '', source: 'aws' };

export function decodeRows(data: ReportData): readonly Row[] {
  const at = (column: ColumnName, index: number): number => data.columns[column][index] ?? -1;
  const string = (column: ColumnName, index: number): string => data.strings[at(column, index)] ?? '';
  return data.ids.map((id, index): Row => {
    const policy = data.policies[at('policy', index)] ?? noPolicy;
    const [name, address, message, item] = [
      string('name', index),
      string('address', index),
      string('message', index),
      string('item', index),
    ];
    const account = string('account', index);
    const detail = data.details[at('detail', index)] ?? {};
    return {
      id,
      status: statuses[at('status', index)] ?? 'unknown',
      severity: severities[at('severity', index)] ?? 'info',
      state: findingStates[at('state', index)],
      plan: planEffects[at('plan', index)],
      policy,
      scope: data.scopes[at('scope', index)] ?? noScope,
      type: string('type', index),
      account,
      region: string('region', index),
      name,
      address,
      message,
      item,
      tags: data.tagSets[at('tags', index)] ?? {},
      detail,
      due: dueTerm(detail.dueAt, data.asOf),
      text: safeText([name, address, message, item, policy.id, policy.title, account].join('\n')).toLowerCase(),
    };
  });
}
