import type { ReportData } from '../report-data.ts';

/** The data that stand in the page. Rejects where the browser cannot inflate them. */
export async function loadData(): Promise<ReportData> {
  const holder = document.getElementById('data');
  const text = holder?.textContent ?? '';
  const json = holder?.dataset['encoding'] === 'gzip' ? await inflate(text) : text;
  return JSON.parse(json) as ReportData;
}

async function inflate(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
