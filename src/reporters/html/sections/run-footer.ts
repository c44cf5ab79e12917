import type { ScanResult } from '../../../model/scan-result.ts';
import { html, type Markup } from '../markup.ts';
import { moment } from '../words.ts';

/** By what and when the page was made, for whoever has to reproduce it. */
export function runFooter({ run, policies }: ScanResult): Markup {
  const facts = [
    `Sealcheck ${run.tool.version}`,
    `run ${run.id}`,
    `as of ${moment(run.asOf)}`,
    ...(run.startedAt === undefined ? [] : [`started ${moment(run.startedAt)}`]),
    ...(run.durationMs === undefined ? [] : [`${(run.durationMs / 1000).toFixed(1)} s`]),
    `${policies.length} policies`,
    `--fail-on ${run.failOn}`,
    `--fail-on-unknown ${run.failOnUnknown}`,
  ];
  return html`<footer class="wrap">
    <p>${facts.join(' · ')}</p>
    <p>This page is one file: it loads nothing and sends nothing.</p>
  </footer>`;
}
