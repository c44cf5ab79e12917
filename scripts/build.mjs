import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { writeBuildStamp } from './build-stamp.mjs';
import { bundle } from './bundle.mjs';
import { buildInputs, hashFiles } from './inputs.mjs';
import { pruneDeclarations } from './prune-declarations.mjs';
import { runTs } from './run-ts.mjs';

/** In order: the pack is loaded with the validator that the step before it writes. */
const generators = [
  'policy-schema',
  'policy-validator',
  'waivers-schema',
  'waivers-validator',
  'config-schema',
  'findings-validator',
  'report-page',
  'pack',
];

/** Makes everything: generated files, schemas, the bundled command and library, their declarations. */
export async function build(root) {
  const inputs = hashFiles(root, buildInputs);
  mkdirSync(join(root, 'generated'), { recursive: true });
  for (const name of generators) {
    const { generate } = await runTs(join(root, `scripts/generate/${name}.ts`));
    await generate(root);
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  await Promise.all([
    bundle(root, 'src/cli/bin.ts', 'dist/cli.js', { executable: true, besideMain: true }),
    bundle(root, 'src/cli/process.ts', 'dist/main.js'),
    bundle(root, 'src/cli/lambda/handler.ts', 'dist/lambda.js', { besideMain: true }),
    bundle(root, 'src/index.ts', 'dist/index.js'),
    emitDeclarations(root),
  ]);
  writeHelp(root);
  writeBuildStamp(root, inputs);
  await esbuild.stop();
}

/** The help, printed once and kept: to build it anew at every start would take longer than to start. */
function writeHelp(root) {
  const file = join(root, 'dist/help.txt');
  rmSync(file, { force: true });
  writeFileSync(
    file,
    execFileSync(process.execPath, [join(root, 'dist/cli.js'), '--help'], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } }),
  );
}

/** Types of the library. Nothing is checked here: `npm run types` does that. */
async function emitDeclarations(root) {
  const target = join(root, 'dist/types');
  const fresh = `${target}.${process.pid}`;
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], root);
  pruneDeclarations(fresh);
  writeFileSync(join(fresh, 'lambda.d.ts'), await handlerDeclarations(root));
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
}

/** Of the handler for Lambda alone: what it imports has no place among the types of the library. */
async function handlerDeclarations(root) {
  const { default: ts } = await import('typescript');
  const fileName = join(root, 'src/cli/lambda/handler.ts');
  const { outputText } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), { fileName, compilerOptions: { target: 'ES2023' } });
  if (/^import /m.test(outputText)) throw new Error(`the types of ${fileName} need another file`);
  return outputText;
}

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(' ')} failed:\n${output}`))));
  });
}
