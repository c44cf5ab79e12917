import { safeText } from '../../safe-text.ts';
import { stateTexts } from '../../state-texts.ts';
import { groupDigits, severityWords, statusWords } from '../words.ts';
import type { Line } from './arrange.ts';
import { element } from './dom.ts';
import { rowItem, rowMessage } from './row-text.ts';
import type { Row } from './rows.ts';

/** One line of the list as a row of the table; `index` counts from 0, `columns` are those in sight. */
export function rowElement(line: Line, index: number, columns: number, selected: string | undefined): HTMLTableRowElement {
  const attributes = { 'aria-rowindex': String(index + 2), 'data-index': String(index) };
  if (line.kind === 'group') {
    const title = element(
      'th',
      { scope: 'colgroup', colspan: String(columns) },
      safeText(line.title),
      element('span', { class: 'count' }, groupDigits(line.rows)),
    );
    return element('tr', { ...attributes, class: 'group' }, title);
  }
  const { row } = line;
  const made = element(
    'tr',
    { ...attributes, class: row.id === selected ? 'selected' : '' },
    element('td', { class: 'c-severity' }, element('span', { class: `badge sev-${row.severity}` }, severityWords[row.severity])),
    element('td', { class: 'c-resource' }, openButton(row), element('span', { class: 'message' }, safeText(rowMessage(row)))),
    element('td', { class: 'c-policy' }, safeText(row.policy.id)),
    element('td', { class: 'c-place' }, safeText(placeOf(row)), element('span', { class: 'message' }, safeText(row.region))),
    element('td', { class: 'c-status' }, element('span', { class: `status st-${row.status}` }, statusWords[row.status]), ...marks(row)),
  );
  return made;
}

function openButton(row: Row): HTMLElement {
  const item = rowItem(row);
  return element(
    'button',
    { type: 'button', class: 'open', 'data-id': row.id },
    safeText(row.name),
    item === '' ? undefined : element('span', { class: 'item' }, safeText(item)),
  );
}

/** What needs somebody sooner than the rest. */
function marks({ state, due }: Row): readonly HTMLElement[] {
  const words = [
    ...(due === 'overdue' ? [element('span', { class: 'is-overdue' }, due)] : []),
    ...(state === undefined || state === 'persisting' ? [] : [element('span', {}, stateTexts[state])]),
  ];
  if (words.length === 0) return [];
  return [element('span', { class: 'marks' }, ...words.flatMap((word, index) => (index === 0 ? [word] : [' · ', word])))];
}

function placeOf({ account, detail, scope }: Row): string {
  if (account !== '') return account;
  return detail.location === undefined ? scope.id : `${detail.location.file}:${detail.location.startLine}`;
}
