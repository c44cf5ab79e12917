import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { temporaryFolder } from './run-cli.ts';

const script = fileURLToPath(new URL('../../scripts/release-action.mjs', import.meta.url));

export interface ReleasedAction {
  /** What a release tag holds. */
  readonly folder: string;
  readonly entry: string;
}

/** Makes a release of the action once for the tests of a file. */
export function releaseAction(): ReleasedAction {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-action-'));
  beforeAll(() => promisify(execFile)(process.execPath, [script, folder]), 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, entry: join(folder, 'dist/action.mjs') };
}

export interface StepRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: { readonly [name: string]: string };
  readonly summary: string;
  /** Workflow commands that the runner would act on, what stands between stop-commands and its end left out. */
  readonly commands: readonly string[];
  /** The folder that stands for the checkout. */
  readonly workspace: string;
}

export interface Step {
  /** As action.yml names them. */
  readonly inputs?: { readonly [name: string]: string };
  /** Further variables of the runner. */
  readonly env?: { readonly [name: string]: string };
  /** Default: an empty one. */
  readonly workspace?: string;
  /** Sends SIGINT, as a runner does that cancels, once this is true. */
  readonly cancelWhen?: () => boolean;
}

/** Runs the action's one file as the runner would: inputs and files in the environment, nothing else of this machine. */
export async function runStep(
  { entry }: ReleasedAction,
  { inputs = {}, env = {}, workspace = temporaryFolder(), cancelWhen }: Step,
): Promise<StepRun> {
  const home = temporaryFolder();
  mkdirSync(join(home, 'temp'));
  const [output, summary] = [join(home, 'output'), join(home, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const);
  const child = spawn(process.execPath, [entry], {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      AWS_EC2_METADATA_DISABLED: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: join(home, 'temp'),
      ...Object.fromEntries<string>(given),
      ...env,
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer = setInterval(() => {
    if (cancelWhen?.() !== true) return;
    clearInterval(timer);
    child.kill('SIGINT');
  }, 50);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(timer);
  return {
    ...{ code, stdout, stderr, workspace },
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
    commands: readCommands(stdout),
  };
}

/** As the runner reads GITHUB_OUTPUT. Throws for what it would refuse. */
export function readOutputs(text: string): { readonly [name: string]: string } {
  const lines = text.split('\n');
  const outputs: { [name: string]: string } = {};
  for (let at = 0; at < lines.length - 1; at += 1) {
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined || delimiter === undefined) throw new Error(`not an output: ${lines[at]}`);
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`no end of ${name}`);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}

/** As the runner reads a stream: blanks before `::` do not matter, and `##[` counts anywhere in a line. */
function readCommands(stdout: string): readonly string[] {
  const commands: string[] = [];
  let stopped: string | undefined;
  for (const line of stdout.split('\n')) {
    const text = line.trimStart();
    if (stopped !== undefined) {
      if (text === `::${stopped}::`) stopped = undefined;
      continue;
    }
    stopped = /^::stop-commands::(.+)$/.exec(text)?.[1];
    if (stopped === undefined && (text.startsWith('::') || text.includes('##['))) commands.push(text);
  }
  return commands;
}
