import { gzipSync } from 'node:zlib';
import { html, trust, type Markup } from './markup.ts';
import type { ReportData } from './report-data.ts';

/** Up to here the data stand in the page as they are, for whoever looks into it; what is larger is compressed. */
const mostRaw = 200_000;
const unsafe = /[<>&\u2028\u2029]/g;

/** The data as a script element that no browser runs. */
export function embedData(data: ReportData): Markup {
  const text = JSON.stringify(data).replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (text.length < mostRaw)
    return html`<script type="application/json" id="data">
      ${trust(text)}
    </script>`;
  return html`<script type="text/plain" id="data" data-encoding="gzip">
    ${trust(compress(text))}
  </script>`;
}

/** Node writes no time into the header; the byte that names the operating system is made the same everywhere. */
function compress(text: string): string {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes.toString('base64');
}
