import type { ScanResult } from '../../../model/scan-result.ts';
import { html, type Markup } from '../markup.ts';

/** The frame that the page's script fills: facets, list, panel. Nothing of it is seen without the script. */
export function findingsView({ run }: ScanResult): Markup {
  return html`<div class="explorer js-only" id="explorer">
      <div class="toolbar">
        <label class="search"
          ><span class="hidden">Search findings</span
          ><input
            type="search"
            id="search"
            placeholder="Search names, policies, messages"
            autocomplete="off"
            spellcheck="false"
            aria-keyshortcuts="/"
        /></label>
        <label
          >Group by
          <select id="group">
            <option value="">nothing</option>
            <option value="account">account</option>
            <option value="policy">policy</option>
            <option value="resource">resource</option>
            <option value="severity">severity</option>
          </select></label
        >
        <button type="button" id="show-facets" aria-expanded="false" aria-controls="facets">Filters</button>
        <span class="push"></span>
        <button type="button" data-export="csv">Save as CSV</button><button type="button" data-export="json">Save as JSON</button>
      </div>
      <p class="quiet" id="matches" role="status"></p>
      <ul class="chips" id="chips" aria-label="Filters that are set"></ul>
      <div class="panes">
        <div class="facets" id="facets" role="group" aria-label="Filters"></div>
        <div class="list" id="list" tabindex="0" role="region" aria-label="List of findings; arrow keys move between them">
          <table id="rows">
            <caption class="hidden">
              Findings
            </caption>
            <thead>
              <tr>
                <th scope="col" class="c-severity"><button type="button" data-sort="severity">Severity</button></th>
                <th scope="col" class="c-resource"><button type="button" data-sort="name">Resource and finding</button></th>
                <th scope="col" class="c-policy"><button type="button" data-sort="policy">Policy</button></th>
                <th scope="col" class="c-place"><button type="button" data-sort="account">Account</button></th>
                <th scope="col" class="c-status"><button type="button" data-sort="status">Status</button></th>
              </tr>
            </thead>
            <tbody></tbody>
          </table>
          <p class="empty" id="empty" hidden>No finding matches. <button type="button" id="reset">Clear all filters</button></p>
        </div>
        <aside class="panel" id="panel" aria-labelledby="panel-title" hidden></aside>
      </div>
      ${run.detail === 'failing' && html`<p class="quiet">This run kept only what does not pass (--detail failing): passes are counted, but not listed.</p>`}
      <noscript></noscript>
    </div>
    <p class="js-only problem" id="problem" role="alert" hidden></p>`;
}
