// Makes the zip that Lambda runs: `npm run release:lambda [-- FOLDER]`, one file index.mjs with everything inside, and its licences. Needs a finished build.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noticesOf } from './notices.mjs';
import { singleFile } from './single-file.mjs';
import { zip } from './zip.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'release'));
const bundled = mkdtempSync(join(tmpdir(), 'sealcheck-lambda-'));
try {
  const product = join(bundled, 'index.mjs');
  const inputs = await singleFile(root, 'src/cli/lambda/handler.ts', product);
  const archive = zip([
    ['index.mjs', readFileSync(product)],
    ['LICENSE', readFileSync(join(root, 'LICENSE'))],
    ['NOTICES.txt', Buffer.from(noticesOf(root, inputs))],
  ]);
  const path = join(folder, 'sealcheck-lambda.zip');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, archive);
  const digest = createHash('sha256').update(archive).digest('hex');
  console.log(`${path}: ${Math.round(archive.length / 1000)} kB, sha256 ${digest}`);
} finally {
  rmSync(bundled, { recursive: true, force: true });
}
