import * as esbuild from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const banner = { js: "import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url);" };

/**
 * Bundles an entry with all that it needs, packages and compiled pack too, into one ES module: what runs where nothing is installed, as in a
 * GitHub action or in Lambda. What is imported dynamically still runs only when it is asked for. Needs a finished build. Returns the files
 * that are in it, relative to the root.
 */
export async function singleFile(root, entry, product) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { metafile } = await esbuild.build({
    entryPoints: [entry],
    outfile: product,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // The UMD build of jsonc-parser, its `main`, requires files in a way that no bundler sees.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    define: { __VERSION__: JSON.stringify(version) },
    banner,
    metafile: true,
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs);
}
