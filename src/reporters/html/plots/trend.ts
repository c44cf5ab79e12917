import type { HistoryPoint } from '../../../model/history-point.ts';
import type { ScanResult } from '../../../model/scan-result.ts';
import { severities } from '../../../model/severity.ts';
import { html, type Markup } from '../markup.ts';
import { groupDigits, severityWords } from '../words.ts';
import { figure, noFigure, type PlotCard } from './figure.ts';

const mostRuns = 60;
const size = { width: 720, height: 220, left: 48, bottom: 26, top: 10 };

/** Failures by severity, run by run, with what was unknown hatched above them. */
export function trend({ run, summary }: ScanResult, history: readonly HistoryPoint[] | undefined): PlotCard {
  const current: HistoryPoint = { runId: run.id, asOf: run.asOf, findings: summary.findings, bySeverity: summary.bySeverity };
  const earlier = (history ?? []).filter(({ runId }) => runId !== run.id);
  if (earlier.length === 0) {
    const reason =
      history === undefined ? html`No history was given; <code>--history FILE</code> adds it.` : html`The history holds no earlier run.`;
    return noFigure('trend', 'Findings over time', reason);
  }
  const points = [...earlier, current].sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0)).slice(-mostRuns);
  const caption = `The last ${points.length} runs. Failures by severity, the worst at the bottom; what could not be verified is hatched.`;
  const table = {
    head: ['Run', ...severities.map((severity) => severityWords[severity]), 'Unknown'],
    rows: points.map((point) => [
      point.asOf.slice(0, 10),
      ...severities.map((severity) => point.bySeverity[severity].fail),
      point.findings.unknown,
    ]),
  };
  return figure('trend', 'Findings over time', caption, drawing(points), table);
}

function drawing(points: readonly HistoryPoint[]): Markup {
  const top = niceTop(Math.max(1, ...points.map(({ findings }) => findings.fail + findings.unknown)));
  const room = size.width - size.left;
  const step = Math.min(room / points.length, 90);
  const high = size.height - size.bottom - size.top;
  const y = (value: number): number => size.top + high - (high * value) / top;
  const bars = points.map((point, index) => {
    const x = size.left + index * step + step * 0.15;
    let sum = 0;
    const part = (kind: string, value: number): Markup | false => {
      const from = sum;
      sum += value;
      return (
        value > 0 &&
        html`<rect
          class="fill-${kind}"
          x="${x.toFixed(1)}"
          y="${y(sum).toFixed(1)}"
          width="${(step * 0.7).toFixed(1)}"
          height="${(y(from) - y(sum)).toFixed(1)}"
        />`
      );
    };
    return html`<g
      >${severities.map((severity) => part(severity, point.bySeverity[severity].fail))}${part('unknown', point.findings.unknown)}</g
    >`;
  });
  const everyNth = Math.ceil(90 / step);
  const labels = points.map(
    ({ asOf }, index) =>
      index % everyNth === 0 &&
      html`<text x="${Math.min(size.left + index * step + step / 2, size.width - 36).toFixed(1)}" y="${size.height - 6}" class="mid"
        >${asOf.slice(0, 10)}</text
      >`,
  );
  const lines = [0, top / 2, top].map(
    (value) =>
      html`<line class="grid" x1="${size.left}" x2="${size.width}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" /><text
          class="end"
          x="${size.left - 8}"
          y="${(y(value) + 4).toFixed(1)}"
          >${groupDigits(value)}</text
        >`,
  );
  const [first, last] = [points[0], points.at(-1)];
  const text = `${groupDigits(first?.findings.fail ?? 0)} failures on ${first?.asOf.slice(0, 10) ?? ''}, ${groupDigits(last?.findings.fail ?? 0)} on ${last?.asOf.slice(0, 10) ?? ''}`;
  return html`<svg class="plot" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${text}">${lines}${bars}${labels}</svg>
    <ul class="legend">
      ${[...severities.map((severity) => [severity, severityWords[severity]] as const), ['unknown', 'Unknown'] as const].map(
        ([kind, word]) => html`<li><span class="key key-${kind}" aria-hidden="true"></span>${word}</li>`,
      )}
    </ul>`;
}

/** An even number of one or two leading digits, so that half of it is a whole number too. */
function niceTop(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / (2 * unit)) * 2 * unit;
}
