import type { PolicyResult, ScanResult } from '../../../model/scan-result.ts';
import { severities } from '../../../model/severity.ts';
import { severityBadge } from '../badge.ts';
import { html, type Markup } from '../markup.ts';
import { shareBar } from '../plots/share-bar.ts';
import { groupDigits } from '../words.ts';

/** Every policy of the run: what fails first, then by severity. */
export function policiesView({ policies }: ScanResult): Markup {
  const sorted = [...policies].sort(
    (a, b) =>
      Number(b.counts.fail + b.counts.unknown > 0) - Number(a.counts.fail + a.counts.unknown > 0) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.id < b.id ? -1 : 1),
  );
  return html`<ul class="policies">
    ${sorted.map(policyItem)}
  </ul>`;
}

function policyItem(policy: PolicyResult): Markup {
  const { id, title, severity, description, counts, off, deprecated } = policy;
  const { pass, fail, unknown, waived, not_applicable: aside } = counts;
  return html`<li class="policy">
    <div class="head">
      ${severityBadge(severity)}
      <h3>${title}</h3>
      <a class="quiet" href="#findings?policy=${encodeURIComponent(id)}">${id}</a>
    </div>
    <div class="body">
      <div>
        <p>${description}</p>
        ${deprecated !== undefined && html`<p class="quiet">Deprecated: ${deprecated}</p>`}
        ${off !== undefined && html`<p class="quiet">Off: ${off}</p>`} ${more(policy)}
      </div>
      <div>
        ${
          pass + fail + unknown + waived === 0
            ? html`<p class="quiet">It judged nothing in this run${aside > 0 && ` (${groupDigits(aside)} not applicable)`}.</p>`
            : shareBar(id, [
                { label: 'pass', count: pass, kind: 'pass' },
                { label: 'fail', count: fail, kind: 'fail' },
                { label: 'unknown', count: unknown, kind: 'unknown' },
                { label: 'waived', count: waived, kind: 'waived' },
              ])
        }
      </div>
    </div>
  </li>`;
}

function more({ params, overrides, controls }: PolicyResult): Markup | false {
  const set = Object.entries(params);
  const byFramework = new Map<string, string[]>();
  for (const { framework, id } of controls) byFramework.set(framework, [...(byFramework.get(framework) ?? []), id]);
  if (set.length + byFramework.size === 0) return false;
  return html`<details>
    <summary>Controls and settings</summary>
    ${[...byFramework].map(([framework, ids]) => html`<p>${framework}: ${ids.join(', ')}</p>`)}
    ${set.map(([name, value]) => html`<p>${name} = ${JSON.stringify(value)}</p>`)}
    ${overrides !== undefined && html`<p>Other settings for some resources: ${overrides.map(({ at }) => at).join(', ')}</p>`}
  </details>`;
}
