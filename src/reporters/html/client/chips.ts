import { safeText } from '../../safe-text.ts';
import { element } from './dom.ts';
import { facets } from './facets.ts';
import type { ViewState } from './view-state.ts';

/** A button for each value that is filtered by, which takes it away. */
export function showChips(holder: HTMLElement, { chosen }: ViewState): void {
  holder.replaceChildren(
    ...facets.flatMap(({ name, title, label }) =>
      (chosen[name] ?? []).map((value) => {
        const text = `${title}: ${safeText(label?.(value) ?? value)}`;
        const button = element(
          'button',
          { type: 'button', 'data-facet': name, 'aria-label': `Remove the filter ${text}` },
          text,
          element('span', { 'aria-hidden': 'true' }, ' ×'),
        );
        button.dataset['value'] = value;
        return element('li', {}, button);
      }),
    ),
  );
}
