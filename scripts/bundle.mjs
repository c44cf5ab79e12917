import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { lazyExternals } from './lazy-externals.mjs';

/** The executable and the handler for Lambda import the bundle of the command line as the file beside them. */
const mainBeside = {
  name: 'main-beside',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/process\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './main.js', external: true } : undefined,
    );
  },
};
const banner = { js: "import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url);" };

/**
 * Bundles one entry into one ES module, in which nothing that is imported dynamically runs before it is asked for. `besideMain`: all but the
 * entry's own lines is left to the bundle of the command line.
 */
export async function bundle(root, entry, product, { executable = false, besideMain = false } = {}) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    outfile: product,
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    define: { __VERSION__: JSON.stringify(version) },
    ...(besideMain ? { plugins: [mainBeside] } : { plugins: [lazyExternals], banner }),
    logLevel: 'error',
  });
  const [{ text }] = outputFiles;
  const shebang = executable && !text.startsWith('#!') ? '#!/usr/bin/env node\n' : '';
  replaceFile(join(root, product), shebang + text, executable ? 0o755 : 0o644);
}

/** Readers see the old file or the new one, never half of one. */
function replaceFile(path, content, mode) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content);
  chmodSync(temporary, mode);
  renameSync(temporary, path);
}
