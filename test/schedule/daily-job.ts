import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { HistoryPoint } from '../../src/model/history-point.ts';
import type { RunState } from '../../src/model/run-state.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { openStore } from '../../src/state/open-store.ts';
import { listRuns, readRun } from '../../src/state/run-files.ts';
import { cliPath, runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** One run of the job, and the reports that it made. */
export interface JobRun extends CliRun {
  readonly result: ScanResult;
  readonly sarif: SarifFile;
  readonly html: string;
  readonly markdown: string;
}

export interface SarifFile {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly baselineState?: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly partialFingerprints: { readonly [name: string]: string };
      readonly properties: { readonly [name: string]: unknown };
    }[];
  }[];
}

export interface JobOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly state: string;
  /** ISO 8601. */
  readonly asOf: string;
  readonly args?: readonly string[];
}

/** Runs the built command as the schedule would, with all the reports of an audit. */
export async function runJob({ url, credentials, state, asOf, args = [] }: JobOptions): Promise<JobRun> {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const outputs = ['json', 'sarif', 'html', 'markdown'].flatMap((format) => ['-f', `${format}=${at(`report.${format}`)}`]);
  const run = await runCli(['scan', '--aws', '-q', '--state-dir', state, '--as-of', asOf, ...outputs, ...args], {
    url,
    env: environmentOf(credentials),
  });
  const read = (format: string): string => readFileSync(at(`report.${format}`), 'utf8');
  return {
    ...run,
    result: JSON.parse(read('json')) as ScanResult,
    sarif: JSON.parse(read('sarif')) as SarifFile,
    html: read('html'),
    markdown: read('markdown'),
  };
}

/** Starts the job, lets it come as far as a service that never answers, and kills it there. */
export async function crashJob({ url, credentials, state, asOf }: JobOptions, service: string): Promise<void> {
  const hanging = createServer();
  await once(hanging.listen(0, '127.0.0.1'), 'listening');
  const { port } = hanging.address() as AddressInfo;
  const called = once(hanging, 'connection');
  const home = temporaryFolder();
  const child = spawn(process.execPath, [cliPath, 'scan', '--aws', '-q', '--state-dir', state, '--as-of', asOf], {
    cwd: home,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: url,
      [`AWS_ENDPOINT_URL_${service}`]: `http://127.0.0.1:${port}`,
      ...environmentOf(credentials),
    },
  });
  const ended = new Promise<string | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
  const first = await Promise.race([called.then(() => 'called'), ended.then(() => 'ended')]);
  child.kill('SIGKILL');
  const signal = await ended;
  hanging.close();
  if (first !== 'called' || signal !== 'SIGKILL') throw new Error('the run ended before it could be killed');
}

function environmentOf({ accessKeyId, secretAccessKey }: Credentials): { readonly [name: string]: string } {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}

/** What a state in a folder holds, as a program of the user's would read it. */
export async function readState(
  folder: string,
): Promise<{ readonly runs: readonly RunState[]; readonly history: readonly HistoryPoint[] }> {
  const store = await openStore(folder);
  const runs: RunState[] = [];
  for (const sequence of await listRuns(store)) {
    const run = await readRun(store, sequence);
    if (run !== undefined) runs.push(run);
  }
  const bytes = await store.read('history.ndjson');
  const lines = bytes?.toString('utf8').trim().split('\n') ?? [];
  store.close();
  return { runs, history: lines.map((line) => JSON.parse(line) as HistoryPoint) };
}

export const isOpen = ({ status }: { readonly status: string }): boolean => status === 'fail' || status === 'unknown';

/** Status and state of what a policy says of a resource by its name; `pass` and `not_applicable` too. */
export function verdictOn({ findings }: ScanResult, policyId: string, name: string): string {
  const found = findings.filter((finding) => finding.policyId === policyId && finding.resource.name === name);
  return found.map(({ status, state }) => (state === undefined ? status : `${status} ${state}`)).join(', ') || 'nothing';
}
