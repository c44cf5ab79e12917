import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from './run-cli.ts';

/** What Lambda's runtime would have seen. */
export interface Invoked {
  /** Of each invocation, in order: what it returned, or the error that it threw. */
  readonly results: readonly (
    | { readonly returned: { readonly exitCode: number; readonly exitReason?: string } }
    | { readonly threw: { readonly name: string; readonly message: string } }
  )[];
  /** Milliseconds that were left when each ended. */
  readonly leftMs: readonly number[];
  /** The log: both streams. */
  readonly log: string;
}

export interface Invocation {
  /** Endpoint that takes the place of AWS. */
  readonly url?: string;
  /** One invocation each, in one process. Default: one without anything in it. */
  readonly events?: readonly unknown[];
  readonly env?: { readonly [name: string]: string };
  /** Default: 15 minutes. */
  readonly remainingMs?: number;
  /** Default: the one that runs the tests. */
  readonly node?: string;
}

/** As Lambda does: the module is loaded once, the handler called with each event and a context. */
const runtime = `
import { writeFileSync } from 'node:fs';
const { handler } = await import(process.argv[2]);
const { events, remainingMs } = JSON.parse(process.argv[3]);
const [results, leftMs] = [[], []];
for (const event of events) {
  const ends = Date.now() + remainingMs;
  try {
    results.push({ returned: await handler(event, { getRemainingTimeInMillis: () => ends - Date.now() }) });
  } catch (error) {
    results.push({ threw: { name: error.name, message: error.message } });
  }
  leftMs.push(ends - Date.now());
}
writeFileSync(process.argv[4], JSON.stringify({ results, leftMs }));
process.exit(0);
`;

/** Secrets of the environment, obviously fake, which no log may hold. */
export const environmentSecrets = ['FAKE-KEY-CANARY-1', 'FAKE-SESSION-CANARY-2', 'FAKE-OTHER-CANARY-3'] as const;

/** Calls the handler of a module in a process of its own, in an empty folder, with fake credentials. Throws where that process breaks. */
export async function invokeLambda(module: string, invocation: Invocation = {}): Promise<Invoked> {
  const { url, events = [{}], env = {}, remainingMs = 900_000, node = process.execPath } = invocation;
  const folder = temporaryFolder();
  const [script, outcome] = [join(folder, 'runtime.mjs'), join(folder, 'outcome.json')];
  writeFileSync(script, runtime);
  const [secret, token, other] = environmentSecrets;
  const child = spawn(node, [script, pathToFileURL(module).href, JSON.stringify({ events, remainingMs }), outcome], {
    cwd: folder,
    env: {
      ...{ PATH: process.env['PATH'], TMPDIR: folder, AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1' },
      ...{ AWS_ACCESS_KEY_ID: 'AKIAFAKE123456789012', AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, OTHER: other },
      ...(url === undefined ? {} : { AWS_ENDPOINT_URL: url }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0 || !existsSync(outcome)) throw new Error(`the runtime ended with ${code}:\n${log}`);
  return { ...(JSON.parse(readFileSync(outcome, 'utf8')) as Pick<Invoked, 'results' | 'leftMs'>), log };
}
