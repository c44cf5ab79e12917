import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/notify/message.ts';
import { startReceiver } from '../notify/receiver.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccount } from '../support/saved-account.ts';
import { scanTime } from '../support/scan-endpoint.ts';
import { smallAccount } from '../support/small-account.ts';

interface SavedScope {
  scope: { readonly id: string };
  status: string;
  gaps: object[];
  resources: { readonly name: string; readonly type: string; attributes: { [name: string]: unknown } }[];
}

const day = 24 * 60 * 60 * 1000;
const legacy = 'orders/legacy';
const listSecrets = {
  ...{ operation: 'secretsmanager:ListSecrets', action: 'secretsmanager:ListSecrets', types: ['AWS::SecretsManager::Secret'] },
  ...{ reason: 'access-denied', count: 1, hint: 'Grant secretsmanager:ListSecrets to the caller.' },
};

/** An account with a secret under the key of AWS, changed. */
async function account(change: (home: SavedScope) => void): Promise<string> {
  const saved = await savedAccount('notify', [smallAccount(scanTime, [{ name: legacy, createdAt: scanTime - day }])]);
  const json = JSON.parse(saved) as { readonly scopes: SavedScope[] };
  const home = json.scopes.find(({ resources }) => resources.some(({ name }) => name === legacy));
  if (home === undefined) throw new Error('no such secret');
  change(home);
  return JSON.stringify(json);
}

const asItWas = await account(() => undefined);
const denied = await account((home) => {
  home.status = 'partial';
  home.gaps.push(listSecrets);
  home.resources = home.resources.filter(({ type }) => type !== 'AWS::SecretsManager::Secret');
});
const mended = await account((home) => {
  for (const { name, attributes } of home.resources) {
    if (name === legacy)
      attributes['encryption'] = home.resources.find((other) => other.name === 'orders/database')?.attributes['encryption'];
  }
});

describe('scan and notify, run after run', () => {
  it('tell of what fails, is overdue, could not be verified, is fixed and comes back', async () => {
    const folder = temporaryFolder();
    const state = ['--state-dir', join(folder, 'state')];
    const { url, received } = await startReceiver({ status: 200 });
    const env = { SEALCHECK_WEBHOOK_URL: url, SEALCHECK_WEBHOOK_SECRET: 'FAKE-SECRET-OF-A-TEST-0123456789' };
    const today = Date.now();
    const heard: (readonly [days: number, said: string, message: Message | undefined])[] = [];
    for (const [ago, saved] of [
      [120, asItWas],
      [119, asItWas],
      [29, asItWas],
      [4, denied],
      [3, denied],
      [2, mended],
      [1, asItWas],
    ] as const) {
      writeFileSync(join(folder, 'account.json'), saved);
      const at = ['--as-of', new Date(today - ago * day).toISOString()];
      const one = ['--policy', 'secretsmanager-customer-managed-key'];
      const scan = await runCli(['scan', join(folder, 'account.json'), ...state, ...at, ...one, '--quiet'], { cwd: folder });
      expect([0, 1, 3]).toContain(scan.code);
      const before = received.length;
      const { stderr } = await runCli(['notify', ...state, '--no-heartbeat'], { env });
      const [request] = received.slice(before);
      heard.push([ago, stderr.trim(), request && (JSON.parse(request.body) as Message)]);
    }
    const counts = ({ changes }: Message): object =>
      Object.fromEntries(Object.entries(changes).flatMap(([name, { count }]) => (count === 0 ? [] : [[name, Number(count)]])));
    expect(heard.map(([ago, said, message]) => [ago, said, message && counts(message)])).toEqual([
      [120, 'webhook: told (summary)', {}],
      [119, 'webhook: nothing to tell: nothing has changed', undefined],
      [29, 'webhook: told (change)', { overdue: 1 }],
      [4, 'webhook: told (change)', { unverified: 1, newGaps: 1 }],
      [3, 'webhook: nothing to tell: nothing has changed', undefined],
      [2, 'webhook: told (change)', { fixed: 1, goneGaps: 1 }],
      [1, 'webhook: told (change)', { reopened: 1 }],
    ]);
    const [summary, , overdue, unverified] = heard.map(([, , message]) => message);
    expect(summary?.worst).toMatchObject({ count: 1, first: [{ name: legacy }] });
    expect(overdue?.changes.overdue.first[0]?.dueAt).toBe(new Date(today - 30 * day).toISOString());
    expect(unverified).toMatchObject({
      open: { failing: 0, unverified: 1 },
      changes: {
        unverified: { first: [{ name: legacy, status: 'unknown' }] },
        newGaps: { first: [{ action: 'secretsmanager:ListSecrets' }] },
      },
    });
    expect(unverified?.changes.unverified.first[0]?.toDo).toContain('secretsmanager:ListSecrets');
  });
});
