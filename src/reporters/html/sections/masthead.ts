import type { ScanResult } from '../../../model/scan-result.ts';
import { html, type Markup } from '../markup.ts';
import { count, moment } from '../words.ts';

const tabs = [
  ['overview', 'Overview'],
  ['findings', 'Findings'],
  ['policies', 'Policies'],
  ['coverage', 'Coverage'],
  ['waivers', 'Waivers'],
] as const;

/** Title, what was looked at and when, and the way to the parts of the page. */
export function masthead(result: ScanResult): Markup {
  return html`<header class="masthead">
    <div class="wrap">
      <p class="brand">Sealcheck</p>
      <h1>How AWS secrets are kept</h1>
      <p class="about">${aboutText(result)}</p>
      <button type="button" class="theme js-only" id="theme">Turn dark</button>
    </div>
    <nav class="tabs" aria-label="Parts of the report">
      <ul class="wrap">
        ${tabs.map(([id, title]) => html`<li><a href="#${id}" data-tab="${id}">${title}</a></li>`)}
      </ul>
    </nav>
  </header>`;
}

function aboutText({ run, scopes, summary }: ScanResult): string {
  const live = scopes.filter(({ source }) => source === 'aws');
  const accounts = new Set(live.flatMap(({ account }) => account ?? [])).size;
  const regions = new Set(live.flatMap(({ region }) => (region === undefined || region === 'global' ? [] : [region]))).size;
  const roots = scopes.length - live.length;
  return [
    ...(accounts === 0 ? [] : [count(accounts, 'AWS account')]),
    ...(regions === 0 ? [] : [count(regions, 'region')]),
    ...(roots === 0 ? [] : [count(roots, 'code root')]),
    count(summary.resources, 'resource'),
    `as of ${moment(run.asOf)}`,
  ].join(' · ');
}
