import type { Outcome, ScanResult } from '../../../model/scan-result.ts';
import { html, type Markup } from '../markup.ts';

const outcomeTexts: { readonly [outcome in Outcome]: readonly [mark: string, text: string] } = {
  compliant: ['✔', 'All that was asked holds'],
  violations: ['✖', 'There are violations'],
  incomplete: ['?', 'Not everything could be verified'],
  failed: ['!', 'The run failed: nothing could be read'],
  interrupted: ['!', 'The run was interrupted: what follows is only a part'],
};

/** What the run came to, and why its exit code is what it is. */
export function verdict({ run }: ScanResult): Markup {
  const [mark, text] = outcomeTexts[run.outcome];
  return html`<section class="verdict outcome-${run.outcome}" aria-labelledby="verdict">
    <span class="mark" aria-hidden="true">${mark}</span>
    <div>
      <h2 id="verdict">${text}</h2>
      <p>${capital(run.exitReason)}. <span class="quiet">Exit code ${run.exitCode}.</span></p>
      ${
        run.notes.length > 0 &&
        html`<ul class="notes">
          ${run.notes.map((note) => html`<li>${note}</li>`)}
        </ul>`
      }
    </div>
  </section>`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
