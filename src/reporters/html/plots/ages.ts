import type { Finding } from '../../../model/finding.ts';
import type { ScanResult } from '../../../model/scan-result.ts';
import { html, type Markup } from '../markup.ts';
import { count, groupDigits } from '../words.ts';
import { figure, noFigure, type PlotCard } from './figure.ts';

/** The policies that say how old a value is, and the evidence that dates it. */
const dated: { readonly [policyId: string]: string } = {
  'secretsmanager-rotated-recently': 'valueChangedAt',
  'ssm-parameter-changed-recently': 'lastModifiedAt',
};
const dayMs = 86_400_000;
const bounds = [30, 90, 180, 365, 730] as const;

/** How long ago values were last set. A pass carries no date: it is a bar of its own, and so is what is not known. */
export function ages({ run, findings, policies }: ScanResult): PlotCard {
  const title = 'Age of values';
  const concerned = findings.filter(({ policyId, status }) => dated[policyId] !== undefined && status !== 'not_applicable');
  const passing = policies.filter(({ id }) => dated[id] !== undefined).reduce((sum, { counts }) => sum + counts.pass, 0);
  if (concerned.length === 0 && passing === 0) {
    return noFigure('ages', title, html`Not known: no policy of this run judged how long ago a value was set.`);
  }
  const counts = bounds.map(() => 0);
  let older = 0;
  let notKnown = 0;
  for (const finding of concerned) {
    if (finding.status === 'pass') continue;
    const days = ageOf(finding, Date.parse(run.asOf));
    const bin = days === undefined ? -1 : bounds.findIndex((bound) => days <= bound);
    if (days === undefined) notKnown += 1;
    else if (bin < 0) older += 1;
    else counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bins: readonly Bin[] = [
    { label: 'Within the limit', count: passing, kind: 'pass' },
    ...bounds.map((bound, index): Bin => ({ label: binLabel(index, bound), count: counts[index] ?? 0, kind: 'fail' })),
    { label: 'Over 2 years', count: older, kind: 'fail' },
    { label: 'Not known', count: notKnown, kind: 'unknown' },
  ];
  const shown = bins.filter((bin, index) => bin.kind !== 'fail' || bin.count > 0 || index > 2);
  const limits = policies.filter(({ id }) => dated[id] !== undefined).map(({ id, params }) => `${id}: ${limitText(params['maxDays'])}`);
  const caption = `Secrets and parameters by the time since their value was last set, from the evidence of ${limits.join('; ')}. What passes carries no date, so that only “within the limit” is known of it.`;
  return figure('ages', title, caption, drawing(shown), { head: ['Age', 'Values'], rows: shown.map((bin) => [bin.label, bin.count]) });
}

interface Bin {
  readonly label: string;
  readonly count: number;
  readonly kind: 'pass' | 'fail' | 'unknown';
}

function ageOf(finding: Finding, now: number): number | undefined {
  if (!('evidence' in finding)) return undefined;
  const path = dated[finding.policyId];
  const fact = finding.evidence.find((each) => each.path === path && each.state === 'value');
  const since = typeof fact?.value === 'string' ? Date.parse(fact.value) : Number.NaN;
  return Number.isNaN(since) ? undefined : Math.max(0, Math.floor((now - since) / dayMs));
}

function binLabel(index: number, bound: number): string {
  if (index === 0) return `Up to ${bound} days`;
  return bound === 730 ? '1 to 2 years' : `${(bounds[index - 1] ?? 0) + 1} to ${bound} days`;
}

function limitText(days: unknown): string {
  return typeof days === 'number' ? `at most ${count(days, 'day')}` : 'no limit known';
}

function drawing(bins: readonly Bin[]): Markup {
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const row = 30;
  const bars = bins.map(({ label, count: number, kind }, index) => {
    const width = number === 0 ? 0 : Math.max(3, (480 * number) / most);
    const y = index * row;
    return html`<text class="end" x="150" y="${y + 20}">${label}</text
      ><rect class="fill-${kind}" x="162" y="${y + 5}" width="${width.toFixed(1)}" height="20" rx="2" /><text
        x="${(170 + width).toFixed(1)}"
        y="${y + 20}"
        >${groupDigits(number)}</text
      >`;
  });
  const text = bins.map(({ label, count: number }) => `${label}: ${number}`).join(', ');
  return html`<svg class="plot" viewBox="0 0 720 ${bins.length * row}" role="img" aria-label="${text}">${bars}</svg>`;
}
