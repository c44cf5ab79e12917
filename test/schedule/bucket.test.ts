import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import type { RunState } from '../../src/model/run-state.ts';
import { motoCredentials } from '../moto/seed/moto-clients.ts';
import { startS3Proxy } from '../state/s3-proxy.ts';
import { describeWithMoto } from '../support/moto.ts';
import { cliPath, runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';

const template = 'Resources:\n  Db:\n    Type: AWS::SecretsManager::Secret\n';
const state = 's3://sealcheck-state/audit/prod';

/** The built command with its runs in a bucket of moto, whose writes are conditional. */
await describeWithMoto('runs that are kept in a bucket', (moto) => {
  const s3 = (): S3Client =>
    new S3Client({ endpoint: moto.url, region: 'us-east-1', credentials: motoCredentials, forcePathStyle: true, maxAttempts: 1 });

  beforeAll(async () => {
    const client = s3();
    for (const Bucket of ['sealcheck-state', 'other-state']) await client.send(new CreateBucketCommand({ Bucket }));
    client.destroy();
  });

  async function scan(day: string, place = state): Promise<CliRun> {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'template.yaml'), template);
    const policy = ['--policy', 'secretsmanager-rotation-enabled'];
    return await runCli(['scan', 'template.yaml', '--root', 'app', ...policy, '--as-of', day, '--state-dir', place], {
      cwd,
      url: moto.url,
    });
  }

  async function keysOf(Bucket: string): Promise<readonly string[]> {
    const client = s3();
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    client.destroy();
    return Contents.map(({ Key = '' }) => Key);
  }

  async function runAt(Key: string): Promise<RunState> {
    const client = s3();
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'sealcheck-state', Key }));
    const bytes = await Body?.transformToByteArray();
    client.destroy();
    return JSON.parse(gunzipSync(bytes ?? Buffer.alloc(0)).toString('utf8')) as RunState;
  }

  it('one after the other and three at once: all are kept, each compared with the one before it', { timeout: 120_000 }, async () => {
    const first = await scan('2026-01-01');
    expect([first.code, first.stderr]).toEqual([1, expect.stringContaining('kept as run 1 in s3://sealcheck-state/audit/prod/')]);
    const both = await Promise.all(['2026-01-02', '2026-01-02', '2026-01-02'].map(async (day) => await scan(day)));
    expect(both.map(({ code }) => code)).toEqual([1, 1, 1]);
    const names = (await keysOf('sealcheck-state')).map((key) => key.replace('audit/prod/', ''));
    const runs = [1, 2, 3, 4].map((sequence) => `runs/0000000${sequence}.json.gz`);
    expect(names).toEqual(['history.ndjson', 'latest/findings.json', ...runs]);
    const kept = await Promise.all(runs.map(async (name) => await runAt(`audit/prod/${name}`)));
    expect(kept.slice(1).map(({ result }) => result.run.baseline?.runId)).toEqual(kept.slice(0, 3).map(({ result }) => result.run.id));
    expect(kept.map(({ history }) => history.length)).toEqual([1, 2, 3, 4]);
    const said = both.map(({ stderr }) => /kept as run (\d)/.exec(stderr)?.[1]).sort();
    expect(said).toEqual(['2', '3', '4']);
    const delta = await runCli(['diff', '--state-dir', state, '--from', '1'], { url: moto.url });
    expect(delta.stdout).toContain('from 2026-01-01 to 2026-01-02: 0 new · 1 persisting · 0 fixed · 0 not judged');
  });

  const kills: readonly (readonly [when: string, key: RegExp, kept: number])[] = [
    ['before S3 has the run', /runs\//, 1],
    ['when S3 has the run and not yet what is made of it', /history\.ndjson/, 2],
  ];
  it.each(kills)('killed %s: nothing is lost, and the next run goes on', { timeout: 120_000 }, async (_when, key, kept) => {
    const place = `s3://other-state/killed-${kept}`;
    await scan('2026-01-01', place);
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'template.yaml'), template);
    let reached = (): void => undefined;
    const silent = new Promise<void>((resolve) => (reached = resolve));
    const proxy = await startS3Proxy(
      () => moto.url,
      ({ method, path }) => {
        if (method !== 'PUT' || !key.test(path)) return 'pass';
        reached();
        return 'silence';
      },
    );
    const args = ['scan', 'template.yaml', '--root', 'app', '--policy', 'secretsmanager-rotation-enabled', '--as-of', '2026-01-02'];
    const child = spawn(process.execPath, [cliPath, ...args, '--state-dir', place], {
      cwd,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        HOME: cwd,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_S3: proxy.url,
        AWS_ACCESS_KEY_ID: motoCredentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: motoCredentials.secretAccessKey,
      },
    });
    const signal = new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
    await silent;
    child.kill('SIGKILL');
    expect(await signal).toBe('SIGKILL');
    const next = await scan('2026-01-03', place);
    expect([next.code, next.stderr]).toEqual([1, expect.stringContaining(`kept as run ${kept + 1} in `)]);
    const history = await runCli(['diff', '--state-dir', place, '--from', '1'], { url: moto.url });
    expect(history.stdout).toContain('from 2026-01-01 to 2026-01-03: 0 new · 1 persisting');
    const client = s3();
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'other-state', Key: `killed-${kept}/history.ndjson` }));
    const lines = (await Body?.transformToString())?.trim().split('\n') ?? [];
    client.destroy();
    expect(lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence)).toEqual(
      Array.from({ length: kept + 1 }, (_, at) => at + 1),
    );
  });

  it('a bucket that is not there is told before anything is scanned', async () => {
    const run = await scan('2026-01-01', 's3://no-such-bucket-here/x');
    expect([run.code, run.stdout]).toEqual([4, '']);
    expect(run.stderr).toMatch(/no-such-bucket-here/);
  });
});
