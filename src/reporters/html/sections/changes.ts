import type { BaselineResult, ScanResult } from '../../../model/scan-result.ts';
import { countOverdue } from '../../finding-times.ts';
import { severityBadge } from '../badge.ts';
import { isHashKey } from '../../hash-key.ts';
import { html, type Markup } from '../markup.ts';
import { count, groupDigits, moment } from '../words.ts';

const mostFixed = 50;

/** What is different from an earlier run, and what a plan does to what is there. */
export function changes({ run: { asOf, state, baseline, plan }, findings }: ScanResult): Markup {
  return html`<section class="card wide" aria-labelledby="changes">
    <h2 id="changes">What changed</h2>
    ${baseline === undefined ? html`<p class="quiet">This run was compared with no other; ${state === undefined ? html`<code>scan --state-dir</code> does that every time.` : 'it is the first one that is kept.'}</p>` : since(baseline, countOverdue(findings, asOf))}
    ${
      plan !== undefined &&
      html`<p>
        Of the live findings the code that was given fixes ${count(plan.fixed, 'finding')}, leaves ${groupDigits(plan.left)} and cannot
        decide ${groupDigits(plan.undecided)}; ${groupDigits(plan.elsewhere)} are of resources that are not in it.
      </p>`
    }
  </section>`;
}

function since(baseline: BaselineResult, overdue: number): Markup {
  const { asOf, persisting, reopened, unverified, fixed, notJudged } = baseline;
  const more = fixed.length - mostFixed;
  return html`<dl class="deltas">
      <div>
        <dt>New</dt>
        <dd><a href="#findings?status=fail,unknown&amp;state=new">${groupDigits(baseline.new)}</a></dd>
      </div>
      <div>
        <dt>Persisting</dt>
        <dd><a href="#findings?status=fail,unknown&amp;state=persisting">${groupDigits(persisting)}</a></dd>
      </div>
      ${
        reopened > 0 &&
        html`<div>
          <dt>Came back</dt>
          <dd><a href="#findings?status=fail,unknown&amp;state=reopened">${groupDigits(reopened)}</a></dd>
        </div>`
      }
      ${
        unverified > 0 &&
        html`<div>
          <dt>Failed before, not verified now</dt>
          <dd><a href="#findings?status=fail,unknown&amp;state=unverified">${groupDigits(unverified)}</a></dd>
        </div>`
      }
      ${
        overdue > 0 &&
        html`<div>
          <dt>Overdue</dt>
          <dd><a href="#findings?status=fail,unknown&amp;due=overdue">${groupDigits(overdue)}</a></dd>
        </div>`
      }
      <div>
        <dt>Fixed</dt>
        <dd>${groupDigits(fixed.length)}</dd>
      </div>
      <div>
        <dt>Not judged this time</dt>
        <dd>${groupDigits(notJudged)}</dd>
      </div>
    </dl>
    <p class="quiet">Since ${moment(asOf)}. What was not judged this time is neither fixed nor persisting.</p>
    ${
      fixed.length > 0 &&
      html`<details>
        <summary>${count(fixed.length, 'fixed finding')}</summary>
        <ul class="plain">
          ${fixed.slice(0, mostFixed).map(
            ({ severity, policyId, name, itemKey }) =>
              html`<li>
                ${severityBadge(severity)} ${name}${itemKey !== undefined && !isHashKey(itemKey) && html` (${itemKey})`}
                <span class="quiet">${policyId}</span>
              </li>`,
          )}${more > 0 && html`<li class="quiet">and ${more} more, in findings.json</li>`}
        </ul>
      </details>`
    }`;
}
