import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The built command, which `npm test` brings up to date before the tests run. */
export const cliPath = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CliRun {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Endpoint that takes the place of AWS. */
  readonly url?: string;
  /** On top of an otherwise empty environment. */
  readonly env?: { readonly [name: string]: string };
  readonly cwd?: string;
  /** Default: none, and closed. `{ open }` does not close it. */
  readonly stdin?: string | { readonly open: string };
  /** Options of node itself, before the command. */
  readonly nodeOptions?: readonly string[];
  /** Called with each piece of stderr; `interrupt` sends SIGINT. */
  readonly onStderr?: (text: string, interrupt: () => void) => void;
  /** Sends SIGINT once this is true, for what prints nothing by which to tell how far it is. `stdinTaken`: all of it is read. */
  readonly interruptWhen?: (facts: { readonly stdinTaken: boolean }) => boolean;
  /** Closes our end of its stderr, or of its stdout, as soon as anything comes. */
  readonly closeEarly?: 'stdout' | 'stderr';
}

/** A folder of a test's own, gone when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the built command in a process of its own, with fake credentials, and nothing of the host's AWS configuration. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const home = temporaryFolder();
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), cliPath, ...args], {
    cwd: options.cwd ?? home,
    env: { PATH: process.env['PATH'], HOME: home, ...awsEnvironment(options.url), ...options.env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (options.closeEarly === 'stdout') child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onStderr?.(text, () => child.kill('SIGINT'));
    if (options.closeEarly === 'stderr') child.stderr.destroy();
  });
  child.stdin.on('error', () => undefined);
  let stdinTaken = false;
  if (typeof options.stdin === 'object') child.stdin.write(options.stdin.open, () => (stdinTaken = true));
  else child.stdin.end(options.stdin ?? '');
  const timer = setInterval(() => {
    if (options.interruptWhen?.({ stdinTaken }) !== true) return;
    clearInterval(timer);
    child.kill('SIGINT');
  }, 50);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(timer);
  return { code, stdout, stderr };
}

function awsEnvironment(url: string | undefined): { readonly [name: string]: string } {
  return {
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(url === undefined
      ? {}
      : {
          AWS_ENDPOINT_URL: url,
          AWS_ACCESS_KEY_ID: 'AKIAFAKE123456789012',
          AWS_SECRET_ACCESS_KEY: 'FAKE',
          AWS_REGION: 'us-east-1',
        }),
  };
}
