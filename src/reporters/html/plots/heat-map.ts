import type { ScanResult } from '../../../model/scan-result.ts';
import { severities } from '../../../model/severity.ts';
import { html, type Markup } from '../markup.ts';
import { groupDigits } from '../words.ts';
import { figure, noFigure, type PlotCard } from './figure.ts';

const mostPolicies = 20;
const mostPlaces = 24;
const row = 26;

interface Cell {
  fail: number;
  unknown: number;
  judged: number;
}

/** Which policy fails in which account: the worst policies above, the accounts with most failures to the left. */
export function heatMap({ findings, policies }: ScanResult): PlotCard {
  const title = 'Policies by account';
  const cells = new Map<string, Map<string, Cell>>();
  const totals = new Map<string, number>();
  for (const { policyId, status, resource, scope } of findings) {
    if (status === 'not_applicable') continue;
    const place = resource.account ?? scope;
    const byPlace = cells.get(policyId) ?? new Map<string, Cell>();
    cells.set(policyId, byPlace);
    const cell = byPlace.get(place) ?? { fail: 0, unknown: 0, judged: 0 };
    byPlace.set(place, cell);
    cell.judged += 1;
    if (status === 'fail') cell.fail += 1;
    if (status === 'unknown') cell.unknown += 1;
    totals.set(place, (totals.get(place) ?? 0) + (status === 'fail' || status === 'unknown' ? 1 : 0));
  }
  const open = policies
    .filter(({ counts }) => counts.fail + counts.unknown > 0)
    .sort(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.counts.fail - a.counts.fail || (a.id < b.id ? -1 : 1),
    );
  if (open.length === 0) return noFigure('heat', title, html`Nothing fails and nothing is unknown.`);
  const allPlaces = [...totals].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([place]) => place);
  const rows = open.slice(0, mostPolicies);
  const places = allPlaces.slice(0, mostPlaces);
  const left = [
    ...(open.length > rows.length ? [`the ${rows.length} worst of ${open.length} policies with open findings`] : []),
    ...(allPlaces.length > places.length ? [`the ${places.length} of ${allPlaces.length} places with most of them`] : []),
  ];
  const caption = `Failures of each policy in each account or code root; the stronger the colour the more; hatched is unknown, a dot is judged without a failure, empty is not judged.${left.length > 0 ? ` Shown: ${left.join(', ')}.` : ''}`;
  const cellAt = (policy: string, place: string): Cell | undefined => cells.get(policy)?.get(place);
  return figure(
    'heat',
    title,
    caption,
    drawing(
      rows.map(({ id }) => id),
      places,
      cellAt,
    ),
    {
      head: ['Policy', ...places],
      rows: rows.map(({ id }) => [id, ...places.map((place) => cellText(cellAt(id, place)))]),
    },
  );
}

function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  const unknown = cell.unknown > 0 ? ` + ${groupDigits(cell.unknown)} unknown` : '';
  return `${groupDigits(cell.fail)}${unknown}`;
}

function drawing(
  policies: readonly string[],
  places: readonly string[],
  cellAt: (policy: string, place: string) => Cell | undefined,
): Markup {
  // Names to the right: on a narrow screen the cells are seen first.
  const left = 2;
  const nameWidth = Math.min(340, 24 + 7 * Math.max(...policies.map((policy) => policy.length)));
  const step = Math.min(104, (860 - nameWidth) / places.length);
  const names = left + places.length * step + 10;
  const isNarrow = step < 90;
  const top = isNarrow ? 92 : 28;
  const most = Math.max(1, ...policies.flatMap((policy) => places.map((place) => cellAt(policy, place)?.fail ?? 0)));
  const heads = places.map((place, index) => {
    const x = left + index * step + step / 2;
    const label = place.length > 14 ? `${place.slice(0, 13)}…` : place;
    return isNarrow
      ? html`<text class="small" transform="translate(${(x + 4).toFixed(1)} ${top - 8}) rotate(-60)">${label}</text>`
      : html`<text class="small mid" x="${x.toFixed(1)}" y="${top - 10}">${label}</text>`;
  });
  const body = policies.map((policy, line) => {
    const y = top + line * row;
    return html`<text class="small" x="${names.toFixed(1)}" y="${y + 17}">${policy.length > 48 ? `${policy.slice(0, 47)}…` : policy}</text
      >${places.map((place, index) => cellDrawing(cellAt(policy, place), left + index * step, y, step, most))}`;
  });
  return html`<svg
    class="plot heat"
    viewBox="0 0 ${Math.ceil(names + nameWidth)} ${top + policies.length * row + 4}"
    width="${Math.ceil(names + nameWidth)}"
    role="img"
    aria-label="Failures of ${policies.length} policies in ${places.length} places; the table below has the numbers"
  >
    ${heads}${body}
  </svg>`;
}

function cellDrawing(cell: Cell | undefined, x: number, y: number, step: number, most: number): Markup {
  if (cell === undefined) return html``;
  // Square roots: among many, a few are still told from none.
  const heat = cell.fail === 0 ? 0 : Math.max(1, Math.ceil(4 * Math.sqrt(cell.fail / most)));
  const kind = cell.fail === 0 && cell.unknown > 0 ? 'fill-unknown' : `heat-${heat}`;
  const text = cell.fail > 0 ? groupDigits(cell.fail) : cell.unknown > 0 ? '?' : '·';
  return html`<rect
      class="${kind}"
      x="${(x + 1.5).toFixed(1)}"
      y="${y + 1.5}"
      width="${(step - 3).toFixed(1)}"
      height="${row - 3}"
      rx="2"
    />${cell.fail > 0 && cell.unknown > 0 && html`<rect class="fill-unknown" x="${(x + step - 9).toFixed(1)}" y="${y + 1.5}" width="7.5" height="${row - 3}" />`}<text
      class="small mid${cell.fail === 0 && cell.unknown > 0 ? ' outlined' : heat >= 3 ? ' on-dark' : ''}"
      x="${(x + step / 2).toFixed(1)}"
      y="${y + 17}"
      >${text}</text
    >`;
}
