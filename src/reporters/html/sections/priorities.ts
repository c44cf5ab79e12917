import type { PolicyResult, ScanResult } from '../../../model/scan-result.ts';
import { severities } from '../../../model/severity.ts';
import { severityBadge } from '../badge.ts';
import { html, type Markup } from '../markup.ts';
import { count, groupDigits } from '../words.ts';

const most = 6;

/** The policies to begin with: the worst severity first, then what most fails. */
export function priorities({ policies, findings }: ScanResult): Markup {
  const failing = policies
    .filter(({ counts }) => counts.fail > 0)
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.counts.fail - a.counts.fail);
  const places = new Map<string, Set<string>>();
  for (const { policyId, status, resource, scope } of findings) {
    if (status !== 'fail') continue;
    const known = places.get(policyId) ?? new Set();
    places.set(policyId, known.add(resource.account ?? scope));
  }
  return html`<section class="card wide" aria-labelledby="priorities">
    <h2 id="priorities">Where to begin</h2>
    ${
      failing.length === 0
        ? html`<p class="quiet">No policy fails.</p>`
        : html`<ol class="priorities">
            ${failing.slice(0, most).map((policy) => priority(policy, places.get(policy.id)?.size ?? 0))}
          </ol>`
    }
    ${failing.length > most && html`<p class="quiet">${count(failing.length - most, 'more policy fails', 'more policies fail')}: <a href="#policies">all policies</a></p>`}
  </section>`;
}

function priority({ id, title, severity, counts, remediation }: PolicyResult, places: number): Markup {
  return html`<li>
    ${severityBadge(severity)}
    <div>
      <a href="#findings?status=fail&amp;policy=${encodeURIComponent(id)}">${title}</a>
      <p class="quiet">${firstSentence(remediation.text)}</p>
    </div>
    <p class="tally">
      <strong>${groupDigits(counts.fail)}</strong>
      ${counts.fail === 1 ? 'failure' : 'failures'}${places > 1 && html`<br /><span class="quiet">in ${places} places</span>`}
    </p>
  </li>`;
}

function firstSentence(text: string): string {
  return /^[\s\S]*?[.!?:;](?=\s|$)/.exec(text)?.[0].replace(/[:;]$/, '.') ?? text;
}
