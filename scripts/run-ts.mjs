// Runs a TypeScript file of this repository: `node scripts/run-ts.mjs bench/run.ts [arguments]`. Node 20 cannot do it by itself.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each file keeps the import.meta.url that it has in the tree, although all of them end up in one. */
const keepFileUrls = {
  name: 'keep-file-urls',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

/** Bundles the file, without packages and generated files, and imports it. Returns its exports. */
export async function runTs(file) {
  // Below the root, so that packages and #generated/* resolve as they do for src.
  const folder = join(root, 'generated/.run');
  const outfile = join(folder, `${basename(file, '.ts')}.${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  try {
    await esbuild.build({
      entryPoints: [resolve(file)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      packages: 'external',
      sourcemap: 'inline',
      sourcesContent: false,
      plugins: [keepFileUrls],
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [node, , file, ...args] = process.argv;
  if (!file) throw new Error('usage: node scripts/run-ts.mjs FILE.ts [arguments]');
  process.argv = [node, file, ...args];
  process.setSourceMapsEnabled(true);
  await runTs(file);
  await esbuild.stop();
}
