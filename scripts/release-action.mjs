// Makes the folder that a release tag of the GitHub action holds: npm run release:action -- FOLDER
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { noticesOf } from './notices.mjs';
import { singleFile } from './single-file.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'generated/action-release'));

mkdirSync(join(folder, 'dist'), { recursive: true });
if (readdirSync(folder).some((name) => !['dist', 'action.yml', 'LICENSE', 'NOTICES.txt', 'README.md'].includes(name))) {
  console.error(`${folder} holds other files: name an empty folder`);
  process.exit(2);
}
const inputs = await singleFile(root, 'src/cli/action/action.ts', join(folder, 'dist/action.mjs'));
await esbuild.stop();
for (const name of ['action.yml', 'LICENSE']) cpSync(join(root, name), join(folder, name));
writeFileSync(join(folder, 'NOTICES.txt'), noticesOf(root, inputs));
writeFileSync(join(folder, 'README.md'), readme());
console.log(folder);

/** What docs/ci.md says of GitHub. */
function readme() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, github = ''] = /^## GitHub\n([\s\S]*?)(?=^## )/m.exec(readFileSync(join(root, 'docs/ci.md'), 'utf8')) ?? [];
  return `# Sealcheck for GitHub Actions, ${version}\n\nBuilt from https://github.com/sealcheck/sealcheck at v${version}.\n${github}`;
}
