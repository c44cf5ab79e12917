import { groupDigits } from '../words.ts';
import { arrange, type Line } from './arrange.ts';
import { showChips } from './chips.ts';
import { copyText } from './copy.ts';
import { detailPanel } from './detail-panel.ts';
import { around, byId } from './dom.ts';
import { createFacetPanel } from './facet-panel.ts';
import { openStatuses } from './facets.ts';
import { filterRows, type Filtered } from './filter.ts';
import type { Row } from './rows.ts';
import { toCsv, toJson } from './row-files.ts';
import { saveFile } from './save-file.ts';
import { groupings, sortKeys, type ViewState } from './view-state.ts';
import { createVirtualList } from './virtual-list.ts';

/** The search through findings: shows a state, and asks for another when somebody does something. */
export interface Explorer {
  readonly show: (state: ViewState) => void;
}

export function createExplorer(rows: readonly Row[], runId: string, go: (change: Partial<ViewState>) => void): Explorer {
  const search = byId('search', HTMLInputElement);
  const group = byId('group', HTMLSelectElement);
  const panel = byId('panel', HTMLElement);
  const list = byId('list', HTMLElement);
  const table = byId('rows', HTMLTableElement);
  const chips = byId('chips', HTMLElement);
  const facetsHolder = byId('facets', HTMLElement);
  const virtual = createVirtualList(list, table);
  let state: ViewState | undefined;
  let filtered: Filtered = { rows: [], counts: new Map() };
  let lines: readonly Line[] = [];
  const choose = (facet: string, values: readonly string[]): void => go({ chosen: { ...state?.chosen, [facet]: values } });
  const facetPanel = createFacetPanel(facetsHolder, choose);

  search.addEventListener('input', () => go({ query: search.value }));
  group.addEventListener('change', () => go({ group: groupings.find((each) => each === group.value) ?? '' }));
  chips.addEventListener('click', (event) => {
    const button = around(event, 'button');
    const facet = button?.dataset['facet'] ?? '';
    choose(
      facet,
      (state?.chosen[facet] ?? []).filter((value) => value !== button?.dataset['value']),
    );
  });
  byId('reset', HTMLButtonElement).addEventListener('click', () => go({ query: '', chosen: { status: openStatuses }, finding: undefined }));
  const facetsButton = byId('show-facets', HTMLButtonElement);
  facetsButton.addEventListener('click', () => {
    const isOpen = facetsHolder.classList.toggle('is-open');
    facetsButton.setAttribute('aria-expanded', String(isOpen));
  });
  byId('explorer', HTMLElement).addEventListener('click', (event) => {
    const kind = around(event, '[data-export]')?.dataset['export'];
    if (kind === 'csv') saveFile(`sealcheck-${runId}.csv`, 'text/csv', toCsv(filtered.rows));
    if (kind === 'json') saveFile(`sealcheck-${runId}.json`, 'application/json', toJson(filtered.rows));
  });
  table.addEventListener('click', (event) => {
    const sort = sortKeys.find((key) => key === around(event, '[data-sort]')?.dataset['sort']);
    if (sort !== undefined) {
      go({ sort, descending: state?.sort === sort && !state.descending });
      return;
    }
    const line = lines[Number(around(event, 'tr[data-index]')?.dataset['index'])];
    if (line?.kind === 'row') go({ finding: line.row.id });
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    virtual.focusLine(nextRow(lines, focusedIndex(), step));
  });
  panel.addEventListener('click', (event) => {
    if (around(event, '[data-close]') !== undefined) closePanel();
    const linkButton = around(event, '[data-copy-link]');
    if (linkButton !== undefined) void copyFrom(linkButton, location.href);
    const copyButton = around(event, '[data-copy]');
    if (copyButton !== undefined) void copyFrom(copyButton, copyButton.parentElement?.querySelector('code')?.textContent ?? '');
  });
  document.addEventListener('keydown', (event) => {
    if (state?.view !== 'findings') return;
    if (event.key === 'Escape' && state.finding !== undefined) closePanel();
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      search.focus();
    }
  });

  function focusedIndex(): number {
    const index = document.activeElement?.closest('tr[data-index]')?.getAttribute('data-index');
    return typeof index === 'string' ? Number(index) : -1;
  }

  function placeOf(id: string | undefined): number {
    return id === undefined ? -1 : lines.findIndex((line) => line.kind === 'row' && line.row.id === id);
  }

  function closePanel(): void {
    const id = state?.finding;
    go({ finding: undefined });
    const index = placeOf(id);
    if (index >= 0) virtual.focusLine(index);
  }

  function showPanel(id: string | undefined): void {
    const row = id === undefined ? undefined : rows.find((each) => each.id === id);
    const wasOpen = panel.dataset['finding'];
    panel.hidden = row === undefined;
    panel.parentElement?.classList.toggle('has-panel', row !== undefined);
    if (row === undefined || wasOpen === row.id) {
      panel.dataset['finding'] = row?.id ?? '';
      return;
    }
    panel.dataset['finding'] = row.id;
    panel.replaceChildren(...detailPanel(row));
    panel.scrollTop = 0;
    panel.querySelector<HTMLElement>('#panel-title')?.focus({ preventScroll: true });
  }

  return {
    show: (next) => {
      const before = state;
      const linesBefore = lines;
      state = next;
      if (search.value !== next.query) search.value = next.query;
      group.value = next.group;
      if (before === undefined || before.query !== next.query || before.chosen !== next.chosen) {
        filtered = filterRows(rows, next);
        facetPanel.show(next, filtered.counts);
        showChips(chips, next);
        byId('matches', HTMLElement).textContent = `${groupDigits(filtered.rows.length)} of ${groupDigits(rows.length)} findings`;
        byId('empty', HTMLElement).hidden = filtered.rows.length > 0;
        lines = arrange(filtered.rows, next);
      } else if (before.group !== next.group || before.sort !== next.sort || before.descending !== next.descending) {
        lines = arrange(filtered.rows, next);
      }
      for (const button of table.querySelectorAll<HTMLElement>('[data-sort]')) {
        const order = button.dataset['sort'] !== next.sort ? 'none' : next.descending ? 'descending' : 'ascending';
        button.closest('th')?.setAttribute('aria-sort', order);
      }
      virtual.show(lines, next.finding);
      if (lines !== linesBefore) {
        list.scrollTop = 0;
        virtual.reveal(Math.max(0, placeOf(next.finding)));
      }
      showPanel(next.finding);
    },
  };
}

/** The next line that is a finding, from one that may be none. */
function nextRow(lines: readonly Line[], from: number, step: number): number {
  let index = Math.max(0, Math.min(lines.length - 1, from + step));
  while (lines[index]?.kind === 'group') {
    const next = index + step;
    if (next < 0 || next >= lines.length) return from;
    index = next;
  }
  return index;
}

async function copyFrom(button: HTMLElement, text: string): Promise<void> {
  const before = button.textContent;
  button.textContent = (await copyText(text)) ? 'Copied' : 'Not allowed';
  setTimeout(() => {
    button.textContent = before;
  }, 1500);
}
