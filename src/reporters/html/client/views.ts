import type { View } from './view-state.ts';

/** Shows one part of the page and says in the navigation which. */
export function showView(view: View): void {
  for (const section of document.querySelectorAll<HTMLElement>('.view')) section.classList.toggle('is-current', section.id === view);
  for (const link of document.querySelectorAll<HTMLElement>('[data-tab]')) {
    if (link.dataset['tab'] === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}
