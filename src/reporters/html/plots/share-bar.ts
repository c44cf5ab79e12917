import { html, type Markup } from '../markup.ts';
import { groupDigits } from '../words.ts';

export interface Share {
  readonly label: string;
  readonly count: number;
  /** Names the colour, and the hatching of what is unknown. */
  readonly kind: 'pass' | 'fail' | 'unknown' | 'waived' | 'answered';
}

/** One bar of parts, with its legend as text below. What is there is never too thin to be seen. */
export function shareBar(title: string, shares: readonly Share[]): Markup {
  const total = shares.reduce((sum, share) => sum + share.count, 0);
  const widths = visibleWidths(shares.map((share) => (total === 0 ? 0 : share.count / total)));
  let from = 0;
  const bars = shares.map(({ kind }, index) => {
    const x = from;
    from += widths[index] ?? 0;
    return html`<rect class="fill-${kind}" x="${x.toFixed(2)}" width="${(widths[index] ?? 0).toFixed(2)}" height="12" />`;
  });
  const text = shares.map(({ label, count }) => `${groupDigits(count)} ${label}`).join(', ');
  return html`<svg class="share" viewBox="0 0 400 12" preserveAspectRatio="none" role="img" aria-label="${title}: ${text}">
      <rect class="fill-none" width="400" height="12" />
      ${bars}
    </svg>
    <ul class="legend">
      ${shares.filter(({ count, kind }) => count > 0 || kind !== 'waived').map(({ label, count, kind }) => html`<li><span class="key key-${kind}" aria-hidden="true"></span>${groupDigits(count)} ${label}</li>`)}
    </ul>`;
}

/** Of 400 units, at least 3 for each part that is not nothing. */
function visibleWidths(parts: readonly number[]): readonly number[] {
  const least = parts.map((part) => (part === 0 ? 0 : Math.max(400 * part, 3)));
  const sum = least.reduce((all, width) => all + width, 0);
  return sum === 0 ? least : least.map((width) => (400 * width) / sum);
}
