import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { renderDocs } from './docs/render.ts';

/** Writes the generated pages, and removes those of policies that are gone. */
const pages = renderDocs();
for (const [path, text] of pages) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
for (const name of readdirSync('docs/policies')) if (!pages.has(`docs/policies/${name}`)) rmSync(`docs/policies/${name}`);
process.stdout.write(`${pages.size} pages\n`);
