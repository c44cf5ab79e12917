import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

/** The program of the tests that writes a state in a process of its own, as JavaScript: Node 20 runs nothing else. */
export interface ChildProgram {
  readonly file: string;
  readonly remove: () => void;
}

export async function buildChildProgram(): Promise<ChildProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-child-'));
  const file = join(folder, 'store-child.mjs');
  const entry = fileURLToPath(new URL('store-child.ts', import.meta.url));
  await esbuild.build({ entryPoints: [entry], outfile: file, bundle: true, platform: 'node', format: 'esm', target: 'node20.19' });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface ChildRun {
  /** A signal, or an exit code. */
  readonly end: string | number | null;
  /** What it said, line by line; a line that was cut is left out. */
  readonly said: readonly unknown[];
  readonly stderr: string;
}

/** Runs a program to its end; `onStart` may send it signals, or more. Its standard input stays open for `onStart` to close, else is closed. */
export async function runChild(command: string, args: readonly string[], onStart?: (child: ChildProcess) => void): Promise<ChildRun> {
  const child = spawn(command, args, { env: { PATH: process.env['PATH'] } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  if (onStart === undefined) child.stdin.end();
  else onStart(child);
  const end = await new Promise<string | number | null>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve(signal ?? code));
  });
  const said = stdout
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
  return { end, said, stderr };
}
