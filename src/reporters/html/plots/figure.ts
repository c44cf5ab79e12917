import { html, type Markup } from '../markup.ts';

/** A plot under a heading, with the same facts as a table for who does not see it. */
export interface PlotTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A card with a plot, or one with a line that says why there is none, which takes less room. */
export interface PlotCard {
  readonly isDrawn: boolean;
  readonly markup: Markup;
}

export function figure(id: string, title: string, caption: string, plot: Markup, table: PlotTable): PlotCard {
  const markup = html`<section class="card wide" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <figure>
      <div class="scroll" tabindex="0" role="region" aria-label="${title}: plot">${plot}</div>
      <figcaption class="quiet">${caption}</figcaption>
    </figure>
    <details>
      <summary>As a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="${title}: table">
        <table>
          <thead>
            <tr>
              ${table.head.map((cell) => html`<th scope="col">${cell}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${table.rows.map(
              ([first, ...rest]) =>
                html`<tr>
                  <th scope="row">${first}</th>
                  ${rest.map((cell) => html`<td class="num">${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </section>`;
  return { isDrawn: true, markup };
}

/** What stands in the place of a plot that has nothing to show. */
export function noFigure(id: string, title: string, reason: Markup): PlotCard {
  const markup = html`<section class="card wide" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <p class="quiet">${reason}</p>
  </section>`;
  return { isDrawn: false, markup };
}
