import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { writeIfDifferent } from './write-if-different.ts';

const declaration = ['boot', 'script', 'style', 'bootHash', 'scriptHash', 'styleHash']
  .map((name) => `export declare const ${name}: string;\n`)
  .join('');

/** The scripts and the style of the HTML report, each with the hash that its content policy allows it by. */
export async function generate(root: string): Promise<void> {
  const folder = join(root, 'src/reporters/html');
  const boot = await bundleClient(join(folder, 'client/boot.ts'));
  const script = await bundleClient(join(folder, 'client/main.ts'));
  const css = await esbuild.transform(readFileSync(join(folder, 'report.css'), 'utf8'), { loader: 'css', minify: true, charset: 'utf8' });
  const style = css.code.trimEnd();
  for (const text of [boot, script, style]) {
    if (/<\/?(script|style)|<!--/i.test(text)) throw new Error('the script or the style of the HTML report would end its own element');
  }
  const constants = { boot, script, style, bootHash: hashOf(boot), scriptHash: hashOf(script), styleHash: hashOf(style) };
  const lines = Object.entries(constants).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`);
  writeIfDifferent(root, 'generated/report-page.js', lines.join(''));
  writeIfDifferent(root, 'generated/report-page.d.ts', declaration);
}

async function bundleClient(entry: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles
    .map((file) => file.text)
    .join('')
    .trimEnd();
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
