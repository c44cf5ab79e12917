import { severities } from '../../../model/severity.ts';
import type { ScanResult } from '../../../model/scan-result.ts';
import { severityBadge } from '../badge.ts';
import { html, type Markup } from '../markup.ts';
import { shareBar } from '../plots/share-bar.ts';
import { isIncomplete, passingText, scoreOf, verifiedText, type Score } from '../score.ts';
import { count, groupDigits } from '../words.ts';

/** The figures of the first glance: how much holds, how much could be verified, how bad the rest is. */
export function scoreCards(result: ScanResult): Markup {
  const score = scoreOf(result);
  return html`<div class="cards">${scoreCard(score)} ${coverageCard(result, score)} ${severityCard(result)}</div>`;
}

function scoreCard(score: Score): Markup {
  const { asked, pass, fail, unknown, waived, mayLack } = score;
  return html`<section class="card" aria-labelledby="score">
    <h2 id="score">Score</h2>
    <p class="figure">${passingText(score)}</p>
    <p class="quiet">
      ${asked === 0 ? 'Nothing was judged.' : `of ${count(asked, 'verdict')} pass. Unknown and waived are not passes.`}${mayLack && ' What could not be read is not among them.'}
    </p>
    ${shareBar('Verdicts', [
      { label: 'pass', count: pass, kind: 'pass' },
      { label: 'fail', count: fail, kind: 'fail' },
      { label: 'unknown', count: unknown, kind: 'unknown' },
      { label: 'waived', count: waived, kind: 'waived' },
    ])}
  </section>`;
}

function coverageCard({ scopes }: ScanResult, score: Score): Markup {
  const incomplete = scopes.filter(isIncomplete).length;
  const gaps = scopes.flatMap((scope) => scope.gaps).length;
  const sentence =
    incomplete === 0
      ? `All ${count(scopes.length, 'scope')} were read as a whole.`
      : `${groupDigits(incomplete)} of ${count(scopes.length, 'scope')} could not be read as a whole (${count(gaps, 'gap')}): resources may be missing.`;
  return html`<section class="card" aria-labelledby="coverage-figure">
    <h2 id="coverage-figure">Coverage</h2>
    <p class="figure">${verifiedText(score)}</p>
    <p class="quiet">
      of verdicts could be verified. ${scopes.length === 1 && incomplete === 0 ? 'The scope was read as a whole.' : sentence}
      <a href="#coverage">See where</a>
    </p>
    ${shareBar('Coverage', [
      { label: 'answered', count: score.asked - score.unknown, kind: 'answered' },
      { label: 'unknown', count: score.unknown, kind: 'unknown' },
    ])}
  </section>`;
}

function severityCard({ summary: { bySeverity } }: ScanResult): Markup {
  const most = Math.max(1, ...severities.map((severity) => bySeverity[severity].fail + bySeverity[severity].unknown));
  const rows = severities.filter((severity) => severity !== 'info' || bySeverity.info.fail + bySeverity.info.unknown > 0);
  return html`<section class="card" aria-labelledby="by-severity">
    <h2 id="by-severity">Open, by severity</h2>
    <table class="bars">
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col" class="num">Fail</th>
          <th scope="col" class="num">Unknown</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${rows.map((severity) => {
          const { fail, unknown } = bySeverity[severity];
          return html`<tr>
            <th scope="row"><a href="#findings?status=fail,unknown&amp;severity=${severity}">${severityBadge(severity)}</a></th>
            <td class="num">${groupDigits(fail)}</td>
            <td class="num">${groupDigits(unknown)}</td>
            <td class="bar">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="fill-${severity}" width="${width(fail, most)}" height="10" />
                <rect class="fill-unknown" x="${width(fail, most)}" width="${width(unknown, most)}" height="10" />
              </svg>
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}

function width(part: number, most: number): string {
  return ((100 * part) / most).toFixed(2);
}
