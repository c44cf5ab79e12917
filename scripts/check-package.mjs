// Looks at the package as npm would publish it, and at the command in it. Prints what is wrong, all of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'dist/cli.js');
const required = [
  'LICENSE',
  'README.md',
  'package.json',
  'dist/cli.js',
  'dist/main.js',
  'dist/help.txt',
  'dist/lambda.js',
  'dist/index.js',
  'dist/types/index.d.ts',
  'dist/types/lambda.d.ts',
  'generated/pack.json',
  'generated/pack-tests.json',
  'generated/frameworks.json',
];
const requiredFolders = ['policies/', 'frameworks/', 'schemas/'];
const expected = [
  /^(LICENSE|README\.md|CHANGELOG\.md|package\.json)$/,
  /^dist\/((cli|main|lambda|index)\.js|help\.txt)$/,
  /^dist\/types\/.+\.d\.ts$/,
  /^generated\/(pack(-tests)?|frameworks)\.json$/,
  /^(policies|frameworks)\/.+\.yaml$/,
  /^schemas\/.+\.json$/,
];
/** In parts, so that a search for them does not find this file. */
const readingWords = [
  ['GetSecret', 'Value'],
  ['BatchGetSecret', 'Value'],
  ['With', 'Decryption'],
].map((parts) => parts.join(''));
/**
 * Modules that must not run, by their names in the bundle: packages and data for a version, what judges and collects for help.
 * generated/report-page is constants that the list of formats refers to: nothing is computed.
 */
const lateForVersion = /^(node_modules\/|external:(?!node:)|generated\/|src\/(?!cli\/|version\.ts))/;
const lateForHelp = /^(external:(?!node:)|generated\/(?!report-page)|src\/(endpoint|engine|sources)\/|node_modules\/(?!commander\/))/;

const problems = [
  ...checkFiles(),
  ...(await checkCommand()),
  ...checkWords(),
  ...checkStart('--version', lateForVersion),
  ...checkStart('--help', lateForVersion),
  ...checkStart('help', lateForHelp),
];
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length === 0) console.log('package: the files, the command and its start are as they should be');
process.exitCode = problems.length === 0 ? 0 : 1;

function checkFiles() {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const paths = files.map((file) => file.path);
  return [
    ...required.filter((path) => !paths.includes(path)).map((path) => `the package lacks ${path}`),
    ...requiredFolders
      .filter((folder) => !paths.some((path) => path.startsWith(folder)))
      .map((folder) => `the package has nothing in ${folder}`),
    ...paths.filter((path) => !expected.some((pattern) => pattern.test(path))).map((path) => `the package should not have ${path}`),
  ];
}

async function checkCommand() {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [command],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const own = ['dist/cli.js', 'dist/main.js'];
  const others = Object.keys(metafile.inputs).filter((file) => !own.includes(file));
  const light = ['node:module', 'node:fs'];
  const early = own
    .flatMap((file) => metafile.inputs[file].imports)
    .filter(({ kind, path }) => kind === 'import-statement' && !light.includes(path));
  const version = execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' }).trim();
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  return [
    ...(readFileSync(command, 'utf8').startsWith('#!/usr/bin/env node\n') ? [] : ['dist/cli.js does not begin with a shebang']),
    ...((statSync(command).mode & 0o111) === 0o111 ? [] : ['dist/cli.js is not executable']),
    ...others.map((file) => `the command is not one bundle: it imports ${file}`),
    ...early.map(({ path }) => `the command loads ${path} at every start`),
    ...(version === wanted ? [] : [`dist/cli.js --version says ${version} instead of ${wanted}`]),
  ];
}

/** Our code cannot read the value of a secret. The texts of policies name these actions, and are not in the bundles. */
function checkWords() {
  return ['dist/cli.js', 'dist/main.js', 'dist/lambda.js', 'dist/index.js'].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return readingWords.filter((word) => text.includes(word)).map((word) => `${file} contains ${word}`);
  });
}

/** Which modules of the bundle an argument makes run, as V8 counts them: each is a function named after its file. */
function checkStart(argument, late) {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-coverage-'));
  try {
    execFileSync(process.execPath, [command, argument], { env: { ...process.env, NODE_V8_COVERAGE: folder }, stdio: 'ignore' });
    const scripts = readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).result);
    if (!scripts.some((script) => script.url.endsWith('/dist/cli.js'))) return ['no coverage of dist/cli.js was written'];
    const own = scripts.filter((script) => /\/dist\/(cli|main)\.js$/.test(script.url)).flatMap((script) => script.functions);
    const ran = own.filter(({ functionName, ranges }) => ranges[0].count > 0 && late.test(functionName));
    return ran.map(({ functionName }) => `${argument} runs ${functionName}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
