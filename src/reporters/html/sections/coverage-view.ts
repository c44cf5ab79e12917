import type { ScanResult, ScopeResult } from '../../../model/scan-result.ts';
import { gatherIncompleteness, type Incompleteness } from '../../incompleteness.ts';
import { countOfType, pluralTypeName } from '../../type-name.ts';
import { html, type Markup } from '../markup.ts';
import { isIncomplete } from '../score.ts';
import { count, groupDigits, moment } from '../words.ts';

const statusTexts = { complete: 'Read as a whole', partial: 'Read in part', failed: 'Could not be read' } as const;

/** What could be read and what could not, and what to do about it. */
export function coverageView({ scopes, findings }: ScanResult): Markup {
  const causes = gatherIncompleteness(scopes, findings);
  return html`<h3>What stands in the way</h3>
    ${
      causes.length === 0
        ? html`<p class="quiet">
            ${scopes.some(isIncomplete) ? 'See the scopes below.' : 'Nothing: all that was asked for could be read.'}
          </p>`
        : html`<ul class="causes">
            ${causes.map(causeItem)}
          </ul>`
    }
    <h3>Scopes</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="List of scopes">
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">Scope</th>
            <th scope="col">State</th>
            <th scope="col">Resources read</th>
            <th scope="col">Gaps</th>
          </tr>
        </thead>
        <tbody>
          ${[...scopes].sort((a, b) => Number(isIncomplete(b)) - Number(isIncomplete(a))).map(scopeRow)}
        </tbody>
      </table>
    </div>`;
}

function causeItem({ kind, action, reason, count: number, types, places, advice }: Incompleteness): Markup {
  const missing = types.length === 0 ? 'resources' : types.map(pluralTypeName).join(', ');
  const where = [...places]
    .map(([place, regions]) => [place, [...regions].join(', ')].filter((part) => part !== '').join(' '))
    .filter((part) => part !== '');
  return html`<li>
    <p>
      <strong>${action ?? reason.replaceAll('-', ' ')}</strong>${action !== undefined && html` ${reason.replaceAll('-', ' ')}`}:
      ${kind === 'gap' ? `${missing} may be missing (${count(number, 'call')} failed)` : `${count(number, 'resource')} not fully judged`}
    </p>
    <p class="advice">${advice}</p>
    ${where.length > 0 && html`<p class="quiet">${where.slice(0, 8).join('; ')}${where.length > 8 && ` and ${where.length - 8} more`}</p>`}
  </li>`;
}

function scopeRow(scope: ScopeResult): Markup {
  const { id, status, whole, resources, gaps, caller, carriedFrom } = scope;
  const read = Object.entries(resources).filter(([, number]) => number > 0);
  return html`<tr>
    <th scope="row">${id}${caller !== undefined && html`<br /><span class="quiet">as ${caller}</span>`}</th>
    <td>
      <span class="scope-state ${isIncomplete(scope) ? 'is-open' : 'is-whole'}">${statusTexts[status]}</span
      >${whole === false && html`<br />Not the whole input`}${carriedFrom !== undefined && html`<br />Last read as a whole on ${moment(carriedFrom)}; what was open since is carried on`}
    </td>
    <td>${read.length === 0 ? 'None' : read.map(([type, number]) => countOfType(number, type)).join(', ')}</td>
    <td>
      ${
        gaps.length === 0
          ? 'None'
          : html`<ul class="plain">
              ${gaps.map(
                ({ operation, reason, detail, hint, waiver, count: calls }) =>
                  html`<li>
                    <strong>${operation}</strong>
                    ${reason.replaceAll('-', ' ')}${calls > 1 && ` (${groupDigits(calls)} calls)`}${detail !== undefined && html`<br />${detail}`}<br /><span
                      class="quiet"
                      >${hint}</span
                    >${waiver !== undefined && html`<br />Accepted by waiver ${waiver.id} until ${waiver.expires}`}
                  </li>`,
              )}
            </ul>`
      }
    </td>
  </tr>`;
}
