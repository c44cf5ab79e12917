import type { Severity } from '../../model/severity.ts';
import { html, type Markup } from './markup.ts';
import { severityWords } from './words.ts';

/** A severity as a coloured mark and a word: never a colour alone. */
export function severityBadge(severity: Severity): Markup {
  return html`<span class="badge sev-${severity}">${severityWords[severity]}</span>`;
}
