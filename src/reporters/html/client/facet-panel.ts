import { safeText } from '../../safe-text.ts';
import { groupDigits } from '../words.ts';
import { around, element } from './dom.ts';
import { facets, type Facet } from './facets.ts';
import type { Filtered } from './filter.ts';
import type { ViewState } from './view-state.ts';

const mostValues = 40;
const openAtFirst = new Set(['status', 'severity', 'state', 'account']);

export interface FacetPanel {
  readonly show: (state: ViewState, counts: Filtered['counts']) => void;
}

/** The boxes to filter by. `choose` is told the facet and all values that are chosen in it now. */
export function createFacetPanel(holder: HTMLElement, choose: (facet: string, values: readonly string[]) => void): FacetPanel {
  const opened = new Set(openAtFirst);
  holder.addEventListener('change', (event) => {
    const group = around(event, 'details[data-facet]');
    if (group === undefined) return;
    const boxes = [...group.querySelectorAll('input')].filter((box) => box.checked);
    choose(
      group.dataset['facet'] ?? '',
      boxes.map((box) => box.value),
    );
  });
  holder.addEventListener(
    'toggle',
    (event) => {
      const group = around(event, 'details[data-facet]');
      const name = group?.dataset['facet'] ?? '';
      if (group instanceof HTMLDetailsElement && group.open) opened.add(name);
      else opened.delete(name);
    },
    true,
  );
  return {
    show: (state, counts) => {
      const focused = document.activeElement?.id;
      holder.replaceChildren(
        ...facets.flatMap((facet) => facetGroup(facet, state.chosen[facet.name] ?? [], counts.get(facet.name) ?? new Map(), opened) ?? []),
      );
      if (focused !== undefined && focused.startsWith('facet-')) document.getElementById(focused)?.focus({ preventScroll: true });
    },
  };
}

function facetGroup(
  { name, title, order, label }: Facet,
  chosen: readonly string[],
  counts: ReadonlyMap<string, number>,
  opened: ReadonlySet<string>,
): HTMLElement | undefined {
  const values = [...new Set([...counts.keys(), ...chosen])].sort((a, b) =>
    order === undefined ? (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1) : order.indexOf(a) - order.indexOf(b),
  );
  if (values.length === 0) return undefined;
  const shown = [...new Set([...chosen, ...values.slice(0, mostValues)])].sort((a, b) => values.indexOf(a) - values.indexOf(b));
  const group = element('details', { 'data-facet': name }, element('summary', {}, title));
  group.open = opened.has(name) || chosen.length > 0;
  shown.forEach((value, index) => {
    const box = element('input', { type: 'checkbox', value, id: `facet-${name}-${index}` });
    box.checked = chosen.includes(value);
    const text = element('span', { class: 'value' }, safeText(label?.(value) ?? value));
    group.append(element('label', {}, box, text, element('span', { class: 'count' }, groupDigits(counts.get(value) ?? 0))));
  });
  if (values.length > shown.length)
    group.append(element('p', { class: 'quiet' }, `and ${values.length - shown.length} more: search for them`));
  return group;
}
