import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import type { Message } from '../../src/notify/message.ts';
import { startReceiver } from '../notify/receiver.ts';
import { account, gapScope, keptRun, secret, waiver } from '../notify/runs.ts';
import { describeWithMoto } from '../support/moto.ts';
import { runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';
import type { RunState } from '../../src/model/run-state.ts';

const hour = 60 * 60 * 1000;
const signingKey = 'FAKE-SECRET-OF-A-TEST-0123456789';
/** Parts of URLs that are secrets, and the key that signs. */
const canaries = ['FAKE-TOKEN', signingKey, '127.0.0.1', 'localhost'];

/** Runs of the last hours, as a state keeps them. */
function run(sequence: number, ...names: readonly string[]): RunState {
  return keptRun(
    sequence,
    names.map((name) => secret(name)),
    { asOf: new Date(Date.now() - (10 - sequence) * hour).toISOString() },
  );
}

function bytesOf(one: RunState): Buffer {
  return gzipSync(JSON.stringify(one));
}

const nameOf = ({ sequence }: RunState): string => `${String(sequence).padStart(8, '0')}.json.gz`;

function keep(folder: string, ...runs: readonly RunState[]): void {
  mkdirSync(join(folder, 'runs'), { recursive: true });
  for (const one of runs) writeFileSync(join(folder, 'runs', nameOf(one)), bytesOf(one));
}

function everythingIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => `${join(entry.parentPath, entry.name)}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n');
}

function envOf(url: string, slack?: string): { readonly [name: string]: string } {
  return {
    SEALCHECK_WEBHOOK_URL: `${url}/FAKE-TOKEN-1`,
    SEALCHECK_WEBHOOK_SECRET: signingKey,
    ...(slack === undefined ? {} : { SEALCHECK_SLACK_WEBHOOK_URL: `${slack}/FAKE-TOKEN-2` }),
  };
}

function expectNoCanary({ stdout, stderr }: CliRun, folder?: string): void {
  const all = stdout + stderr + (folder === undefined ? '' : everythingIn(folder));
  expect(canaries.filter((canary) => all.includes(canary))).toEqual([]);
}

describe('sealcheck notify', () => {
  it('tells each channel once of each run that changes something', async () => {
    const folder = temporaryFolder();
    const [hook, slack] = [await startReceiver({ status: 200 }), await startReceiver({ status: 200 })];
    const notify = () => runCli(['notify', '--state-dir', folder], { env: envOf(hook.url, slack.url) });
    keep(folder, run(1, 'a'));
    const [first, again] = [await notify(), await notify()];
    keep(folder, run(2, 'a'));
    const same = await notify();
    keep(folder, run(3, 'a', 'b'));
    const changed = await notify();
    expect([first, again, same, changed].map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, 'webhook: told (summary)\nslack: told (summary)\n'],
      [0, 'webhook: nothing to tell: told of the newest run already\nslack: nothing to tell: told of the newest run already\n'],
      [0, 'webhook: nothing to tell: nothing has changed\nslack: nothing to tell: nothing has changed\n'],
      [0, 'webhook: told (change)\nslack: told (change)\n'],
    ]);
    const messages = hook.received.map(({ body }) => JSON.parse(body) as Message);
    expect(messages.map(({ kind, changes }) => [kind, changes.new.count])).toEqual([
      ['summary', 0],
      ['change', 1],
    ]);
    expect(slack.received).toHaveLength(2);
    expectNoCanary(changed, folder);
  });

  it('tells the others where one fails, and ends with 4', async () => {
    const folder = temporaryFolder();
    keep(folder, run(1, 'a'));
    const [hook, slack] = [await startReceiver({ status: 200 }), await startReceiver({ status: 404 }, { status: 200 })];
    const notify = () => runCli(['notify', '--state-dir', folder], { env: envOf(hook.url, slack.url) });
    const failed = await notify();
    expect(failed.code).toBe(4);
    expect(failed.stderr).toContain('webhook: told (summary)\nslack: not told, HTTP 404\nerror: slack: not told, HTTP 404\n');
    expectNoCanary(failed, folder);
    const next = await notify();
    expect([next.code, hook.received.length, slack.received.length]).toEqual([0, 1, 2]);
  });

  it('takes the state of the configuration, or of the environment', async () => {
    const folder = temporaryFolder();
    keep(join(folder, 'kept'), run(1, 'a'));
    writeFileSync(join(folder, 'sealcheck.config.yaml'), 'apiVersion: sealcheck/v1\nstateDir: kept\n');
    const hook = await startReceiver({ status: 200 });
    const byFile = await runCli(['notify'], { env: envOf(hook.url), cwd: folder });
    const env = { ...envOf(hook.url), SEALCHECK_STATE_DIR: join(folder, 'kept') };
    const byVariable = await runCli(['notify', '--no-config'], { env, cwd: folder });
    expect([byFile.stderr, byVariable.stderr]).toEqual([
      'webhook: told (summary)\n',
      'webhook: nothing to tell: told of the newest run already\n',
    ]);
  });

  it('--dry-run prints what it would send, without where to, and sends and notes nothing', async () => {
    const folder = temporaryFolder();
    keep(folder, run(1, 'a'));
    const hook = await startReceiver({ status: 200 });
    const channels = ['--sns-topic', 'arn:aws:sns:us-east-1:999999999999:FAKE-TOPIC', '--event-bus', 'FAKE-BUS'];
    const link = ['--link', 'https://reports.example.com/latest'];
    const dry = await runCli(['notify', '--state-dir', folder, '--dry-run', ...channels, ...link], { env: envOf(hook.url, hook.url) });
    expect(dry.code).toBe(0);
    const shown = JSON.parse(dry.stdout) as readonly { readonly channel: string; readonly kind: string; readonly payload: Message }[];
    expect(shown.map(({ channel, kind }) => [channel, kind])).toEqual(
      ['webhook', 'slack', 'sns', 'eventbridge'].map((channel) => [channel, 'summary']),
    );
    expect(shown[0]?.payload).toMatchObject({ link: 'https://reports.example.com/latest', worst: { count: 1 } });
    expectNoCanary(dry, folder);
    expect(dry.stdout).not.toMatch(/FAKE-TOPIC|FAKE-BUS/);
    expect(hook.received).toEqual([]);
    expect(readdirSync(folder)).toEqual(['runs']);
  });

  it('--redact leaves no account and no name, and gives the pseudonyms of reports', async () => {
    const folder = temporaryFolder();
    const before = keptRun(1, [secret('prod/payments')], { asOf: new Date(Date.now() - 9 * hour).toISOString() });
    const after = keptRun(2, [secret('prod/payments', 'unknown'), secret('prod/orders')], {
      asOf: new Date(Date.now() - 8 * hour).toISOString(),
      scopes: [gapScope('us-east-1')],
      waivers: [waiver('accept-legacy', new Date().toISOString().slice(0, 10))],
    });
    keep(folder, before);
    const hook = await startReceiver({ status: 200 });
    const env = { ...envOf(hook.url), SEALCHECK_REDACT_KEY: 'FAKE-KEY-OF-A-TEST-0123456789' };
    const redact = ['--redact', 'account,name'];
    await runCli(['notify', '--state-dir', folder, ...redact], { env });
    keep(folder, after);
    expect((await runCli(['notify', '--state-dir', folder, ...redact], { env })).code).toBe(0);
    const bodies = hook.received.map(({ body }) => body);
    expect(bodies.join('\n')).not.toMatch(new RegExp(`payments|orders|legacy|${account}`));
    const message = JSON.parse(bodies[1] ?? '') as Message;
    expect(message.changes).toMatchObject({
      new: {
        count: 1,
        first: [{ title: 'Secrets rotate at least every 90 days', type: 'AWS::SecretsManager::Secret', region: 'us-east-1' }],
      },
      ...{ unverified: { count: 1 }, newGaps: { count: 1, first: [{ action: 'secretsmanager:ListSecrets' }] }, waivers: { count: 1 } },
    });
    writeFileSync(join(folder, 'findings.json'), JSON.stringify(after.result));
    const report = await runCli(['report', join(folder, 'findings.json'), '-f', 'json', ...redact], { env });
    const { findings, scopes } = JSON.parse(report.stdout) as ScanResult;
    const open = findings.find(({ status }) => status === 'fail');
    expect(message.changes.new.first[0]).toMatchObject({
      ...{
        id: open?.id,
        scope: scopes[0]?.id,
        name: open?.resource.name,
        address: open?.resource.address,
        account: open?.resource.account,
      },
    });
    expect(message.changes.newGaps.first[0]?.scope).toBe(scopes[0]?.id);
  });

  it.each<readonly [name: string, args: readonly string[], env: { readonly [name: string]: string }, says: string]>([
    ['no channel', ['--state-dir', 'state'], {}, 'no channel is configured'],
    ['no state', [], envOf('https://example.com'), 'no state to tell of'],
    ['a state without a run', ['--state-dir', 'state'], envOf('https://example.com'), 'no run is kept in state/'],
    ['a URL in clear', ['--state-dir', 'state'], envOf('http://example.com'), 'the URL of the webhook is not https'],
    ['no secret', ['--state-dir', 'state', '--webhook', 'https://example.com/FAKE-TOKEN'], {}, 'the webhook needs a secret'],
    [
      'a secret in a file that is not there',
      ['--state-dir', 'state', '--webhook', 'https://example.com/FAKE-TOKEN', '--webhook-secret-file', 'none'],
      {},
      'there is no file none of --webhook-secret-file',
    ],
    ['a heartbeat of no days', ['--state-dir', 'state', '--heartbeat', '0'], {}, 'write a whole number of days'],
    ['a link that is code', ['--state-dir', 'state', '--link', 'javascript:alert(1)'], {}, '--link is not the URL of a page'],
  ])('ends with 2 for %s', async (_name, args, env, says) => {
    const ended = await runCli(['notify', ...args], { env });
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(says) as unknown]);
    expectNoCanary(ended);
  });

  it('ends with 4 for a run that cannot be read, and for AWS without credentials', async () => {
    const folder = temporaryFolder();
    keep(folder, run(1, 'a'));
    const topic = ['--sns-topic', 'arn:aws:sns:us-east-1:123456789012:findings'];
    const poor = await runCli(['notify', '--state-dir', folder, ...topic]);
    expect([poor.code, poor.stderr]).toEqual([4, expect.stringContaining('sns: not told, no AWS credentials\n') as unknown]);
    writeFileSync(join(folder, 'runs', '00000001.json.gz'), 'spoilt');
    expect((await runCli(['notify', '--state-dir', folder, ...topic])).code).toBe(4);
  });
});

await describeWithMoto('sealcheck notify on moto', (moto) => {
  it('keeps what it has told in S3, beside the runs', async () => {
    const put = async (path: string, body?: Buffer) => {
      const answer = await fetch(`${moto.url}/${path}`, { method: 'PUT', ...(body === undefined ? {} : { body }) });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    };
    await put('kept');
    const one = run(1, 'a');
    await put(`kept/here/runs/${nameOf(one)}`, bytesOf(one));
    const hook = await startReceiver({ status: 200 });
    const notify = () => runCli(['notify', '--state-dir', 's3://kept/here'], { url: moto.url, env: envOf(hook.url) });
    const [first, again] = [await notify(), await notify()];
    expect([first.stderr, again.stderr]).toEqual([
      'webhook: told (summary)\n',
      'webhook: nothing to tell: told of the newest run already\n',
    ]);
    const listed = await (await fetch(`${moto.url}/kept?list-type=2&prefix=here/notified/`)).text();
    expect(listed).toMatch(/<Key>here\/notified\/[0-9a-f]{32}\/00000001\.json<\/Key>/);
    expect(hook.received).toHaveLength(1);
  });
});
