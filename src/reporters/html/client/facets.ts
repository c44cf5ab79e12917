import { statuses } from '../../../model/finding.ts';
import { severities } from '../../../model/severity.ts';
import { stateTexts } from '../../state-texts.ts';
import { severityWords, statusWords } from '../words.ts';
import { dueTerms } from './due-term.ts';
import type { Row } from './rows.ts';

/** One thing to filter findings by. */
export interface Facet {
  readonly name: string;
  readonly title: string;
  /** Those of a finding; a finding is shown if any of them is chosen. */
  readonly valuesOf: (row: Row) => readonly string[];
  /** For people; the value itself by default. */
  readonly label?: (value: string) => string;
  /** Known order; the most frequent first by default. */
  readonly order?: readonly string[];
}

/** Tags by which teams say what is theirs, by key in lower case. */
const ownerKeys = ['owner', 'team', 'squad', 'contact', 'ownedby', 'owned-by', 'owner-email', 'costcenter', 'cost-center'];
const nothing = '(none)';
const some = (value: string): readonly string[] => [value === '' ? nothing : value];

export const facets: readonly Facet[] = [
  {
    name: 'status',
    title: 'Status',
    valuesOf: (row) => [row.status],
    label: labelOf(statusWords),
    order: ['fail', 'unknown', 'waived', 'pass', 'not_applicable'],
  },
  { name: 'severity', title: 'Severity', valuesOf: (row) => [row.severity], label: labelOf(severityWords), order: severities },
  {
    name: 'state',
    title: 'Since the last run',
    valuesOf: (row) => (row.state === undefined ? [] : [row.state]),
    label: labelOf(stateTexts),
    order: ['new', 'reopened', 'unverified', 'persisting'],
  },
  { name: 'due', title: 'Due', valuesOf: (row) => (row.due === undefined ? [] : [row.due]), order: dueTerms },
  { name: 'plan', title: 'By the code', valuesOf: (row) => (row.plan === undefined ? [] : [row.plan]) },
  { name: 'account', title: 'Account', valuesOf: (row) => some(row.account) },
  { name: 'region', title: 'Region', valuesOf: (row) => some(row.region) },
  { name: 'policy', title: 'Policy', valuesOf: (row) => [row.policy.id] },
  { name: 'framework', title: 'Framework', valuesOf: (row) => [...new Set(row.policy.controls.map(({ framework }) => framework))] },
  { name: 'owner', title: 'Owner tag', valuesOf: (row) => some(ownerOf(row.tags)) },
  { name: 'source', title: 'Source', valuesOf: (row) => [row.scope.source] },
];

/** What is shown until somebody filters: what needs somebody. */
export const openStatuses: readonly string[] = statuses.filter((status) => status === 'fail' || status === 'unknown');

function ownerOf(tags: Row['tags']): string {
  const found = Object.entries(tags).map(([key, value]) => [ownerKeys.indexOf(key.toLowerCase()), value] as const);
  return found.filter(([rank]) => rank >= 0).sort(([a], [b]) => a - b)[0]?.[1] ?? '';
}

function labelOf(words: { readonly [value: string]: string }): (value: string) => string {
  return (value) => words[value] ?? value;
}
