import { severities } from '../../../model/severity.ts';
import { severityWords } from '../words.ts';
import type { Row } from './rows.ts';
import type { Grouping, SortKey, ViewState } from './view-state.ts';

/** What stands on one line of the list. */
export type Line = { readonly kind: 'row'; readonly row: Row } | { readonly kind: 'group'; readonly title: string; readonly rows: number };

const statusOrder = ['fail', 'unknown', 'waived', 'pass', 'not_applicable'] as const;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const comparisons: { readonly [key in SortKey]: (a: Row, b: Row) => number } = {
  severity: (a, b) =>
    severities.indexOf(a.severity) - severities.indexOf(b.severity) || statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status),
  name: (a, b) => byText(a.name, b.name),
  policy: (a, b) => byText(a.policy.id, b.policy.id),
  account: (a, b) => byText(a.account, b.account) || byText(a.region, b.region),
  status: (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status),
};

const groupTitles: { readonly [group in Exclude<Grouping, ''>]: (row: Row) => string } = {
  account: (row) => (row.account === '' ? row.scope.id : `Account ${row.account}`),
  policy: (row) => row.policy.title,
  resource: (row) => [row.name, row.account, row.region].filter((part) => part !== '').join(' · '),
  severity: (row) => severityWords[row.severity],
};

/** The findings in order, and in groups: the group with the worst finding first, then the largest. */
export function arrange(
  rows: readonly Row[],
  { group, sort, descending }: Pick<ViewState, 'group' | 'sort' | 'descending'>,
): readonly Line[] {
  const sign = descending ? -1 : 1;
  const sorted = [...rows].sort((a, b) => sign * comparisons[sort](a, b));
  if (group === '') return sorted.map((row) => ({ kind: 'row', row }));
  const groups = new Map<string, Row[]>();
  for (const row of sorted) {
    const title = groupTitles[group](row);
    const known = groups.get(title);
    if (known === undefined) groups.set(title, [row]);
    else known.push(row);
  }
  const worst = (members: readonly Row[]): number =>
    members.reduce<number>((least, row) => Math.min(least, severities.indexOf(row.severity)), severities.length);
  return [...groups]
    .sort(([, a], [, b]) => worst(a) - worst(b) || b.length - a.length)
    .flatMap(([title, members]): Line[] => [
      { kind: 'group', title, rows: members.length },
      ...members.map((row): Line => ({ kind: 'row', row })),
    ]);
}
