import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of the packages that the files of a bundle belong to, which travel with copies of them; each text once. Throws where a
 * package has neither a text nor a name of its licence.
 */
export function noticesOf(root, files) {
  const folders = [...new Set(files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []))].sort();
  const byText = new Map();
  for (const folder of folders) {
    const { title, text } = licenceOf(join(root, folder));
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n${text === '' ? '' : `\n${text}\n`}`);
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(file));
  if (texts.length === 0 && license === undefined) throw new Error(`${name} says nothing of its licence`);
  const text = texts.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { title: `${name} ${version}: ${license ?? 'see below'}`, text: text.join('\n\n') };
}
