import type { HistoryPoint } from '../../model/history-point.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import * as assets from '#generated/report-page.js';
import { embedData } from './embed-data.ts';
import { encodeFindings } from './encode-findings.ts';
import { html, textOf, trust, type Markup } from './markup.ts';
import { ages } from './plots/ages.ts';
import { heatMap } from './plots/heat-map.ts';
import { trend } from './plots/trend.ts';
import { changes } from './sections/changes.ts';
import { coverageView } from './sections/coverage-view.ts';
import { failuresTable } from './sections/failures-table.ts';
import { findingsView } from './sections/findings-view.ts';
import { masthead } from './sections/masthead.ts';
import { policiesView } from './sections/policies-view.ts';
import { priorities } from './sections/priorities.ts';
import { runFooter } from './sections/run-footer.ts';
import { scoreCards } from './sections/score-cards.ts';
import { verdict } from './sections/verdict.ts';
import { waiversView } from './sections/waivers-view.ts';

/** Nothing may be loaded, and nothing run, but for the scripts and the style that were built with the package. */
const contentPolicy = [
  "default-src 'none'",
  `script-src '${assets.bootHash}' '${assets.scriptHash}'`,
  `style-src '${assets.styleHash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The whole report. All of it but the search through findings is there without its script. */
export function page(result: ScanResult, history: readonly HistoryPoint[] | undefined): string {
  const document = textOf(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="${trust(contentPolicy)}" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="referrer" content="no-referrer" />
          <meta name="color-scheme" content="light dark" />
          <title>Sealcheck report of ${result.run.asOf.slice(0, 10)}</title>
          ${exactly('style', assets.style)} ${exactly('script', assets.boot)}
        </head>
        <body>
          <a class="skip" href="#main">Skip to the content</a>
          ${hatching} ${masthead(result)}
          <main id="main" class="wrap" tabindex="-1">
            <section class="view" id="overview" aria-label="Overview">${overview(result, history)}</section>
            ${view('findings', 'Findings', html`${findingsView(result)}${failuresTable(result)}`)}
            ${view('policies', 'Policies', policiesView(result))} ${view('coverage', 'Coverage and errors', coverageView(result))}
            ${view('waivers', 'Waivers', waiversView(result))}
          </main>
          ${runFooter(result)} ${embedData(encodeFindings(result))} ${exactly('script', assets.script)}
        </body>
      </html>`,
  );
  return `${document}\n`;
}

/** Not by the template, whose layout would be part of what the hash is of. */
function exactly(tag: 'script' | 'style', text: string): Markup {
  return trust(`<${tag}>${text}</${tag}>`);
}

/** What has nothing to draw takes one line beside others. */
function overview(result: ScanResult, history: readonly HistoryPoint[] | undefined): Markup {
  const [time, age] = [trend(result, history), ages(result)];
  const short = html`${changes(result)}${!time.isDrawn && time.markup}`;
  return html`${verdict(result)} ${scoreCards(result)} ${priorities(result)}
  ${
    age.isDrawn
      ? html`<div class="pair">
          <div>${short}</div>
          ${age.markup}
        </div>`
      : html`<div class="cards">${short}${age.markup}</div>`
  }
  ${time.isDrawn && time.markup} ${heatMap(result).markup}`;
}

function view(id: string, title: string, content: Markup): Markup {
  return html`<section class="view" id="${id}" aria-labelledby="${id}-title">
    <h2 class="view-title" id="${id}-title">${title}</h2>
    ${content}
  </section>`;
}

/** The pattern that every drawing of something unknown is filled with. */
const hatching = html`<svg class="defs" width="0" height="0" aria-hidden="true">
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-back" width="6" height="6" />
      <rect class="hatch-line" width="2.5" height="6" />
    </pattern>
  </defs>
</svg>`;
