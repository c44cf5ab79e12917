import { byId } from './dom.ts';
import { createExplorer, type Explorer } from './explorer.ts';
import { loadData } from './load-data.ts';
import { decodeRows } from './rows.ts';
import { startThemeButton } from './theme-button.ts';
import { formatHash, parseHash, type ViewState } from './view-state.ts';
import { showView } from './views.ts';

/** The state of the page is its address: whoever changes something changes that, and everything is shown by it. */
async function start(): Promise<void> {
  startThemeButton();
  let state = parseHash(location.hash);
  const parts: { explorer?: Explorer } = {};
  const show = (): void => {
    showView(state.view);
    if (state.view === 'findings') parts.explorer?.show(state);
  };
  const go = (change: Partial<ViewState>): void => {
    state = { ...state, ...change };
    const hash = formatHash(state);
    // A new entry in the history for each finding that is opened, none for each key that is pressed.
    if ('finding' in change) history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
    show();
  };
  const read = (): void => {
    const isElsewhere = !/^#?(overview|findings|policies|coverage|waivers|)(\?|$)/.test(location.hash);
    // A link within the page, such as the one that skips to the content.
    if (isElsewhere) return;
    const before = state.view;
    state = parseHash(location.hash);
    show();
    if (before !== state.view) scrollTo(0, 0);
  };
  addEventListener('hashchange', read);
  show();
  const data = await loadData();
  parts.explorer = createExplorer(decodeRows(data), data.runId, go);
  show();
}

start().catch((error: unknown) => {
  document.documentElement.classList.remove('js');
  const problem = byId('problem', HTMLElement);
  problem.hidden = false;
  problem.textContent = `The list of findings cannot be shown in this browser: ${error instanceof Error ? error.message : String(error)}`;
});
