import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe } from 'vitest';
import { findMoto, motoVersion } from './find-moto.ts';

const serverScript = fileURLToPath(new URL('moto-server.py', import.meta.url));

/** A moto server of a test file. */
export interface Moto {
  /** Known once the tests run. */
  readonly url: string;
  /**
   * From now on moto checks signatures, and asks IAM whether a caller may do what it does.
   *
   * @see https://docs.getmoto.org/en/latest/docs/iam.html
   */
  readonly enforceIam: () => Promise<void>;
}

/**
 * A group of tests with one moto server for all of them, empty at first.
 *
 * Where moto cannot be had, the tests are skipped with a warning on a laptop, and fail under CI=true.
 */
export async function describeWithMoto(name: string, body: (moto: Moto) => void): Promise<void> {
  const found = await findMoto();
  if ('missing' in found) {
    const advice = `${found.missing}
What is needed: Python 3.10 or newer with venv (Debian: python3-venv) and a way to PyPI, and the tests install moto themselves;
or moto on the PATH: python3 -m pip install 'moto[server]==${motoVersion}'`;
    if (process.env['CI'] === 'true') throw new Error(`the tests against moto cannot run: ${advice}`);
    console.warn(`SKIPPED, the tests against moto cannot run: ${advice}`);
    describe.skip(name, () => {
      body({ url: '', enforceIam: () => Promise.resolve() });
    });
    return;
  }
  describe(name, () => {
    let url = '';
    let server: ChildProcess | undefined;
    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      server = start(found.python, port);
      await ready(url, server);
    }, 60_000);
    afterAll(async () => {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      await exit;
    });
    body({
      get url() {
        return url;
      },
      enforceIam: async () => {
        const answer = await fetch(`${url}/moto-api/reset-auth`, { method: 'POST', body: '0' });
        if (!answer.ok) throw new Error(`moto answered HTTP ${answer.status} to reset-auth`);
      },
    });
  });
}

function start(python: string, port: number): ChildProcess {
  const env = {
    ...process.env,
    MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    // No rotation function is run, on a machine that has Docker either.
    DOCKER_HOST: 'tcp://127.0.0.1:9',
  };
  return spawn(python, [serverScript, String(port)], { env, stdio: ['pipe', 'ignore', 'ignore'] });
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 45_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw new Error(`moto ended before it answered, with code ${server.exitCode}`);
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    await delay(25);
  }
  throw new Error('moto does not answer');
}

/** moto cannot choose one by itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
