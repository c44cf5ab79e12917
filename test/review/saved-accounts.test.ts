import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Collection } from '../../src/model/resource.ts';
import { readSnapshot } from '../../src/sources/snapshot/snapshot.ts';
import { reportUncollected } from '../../src/sources/snapshot/report-uncollected.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccount } from '../support/saved-account.ts';
import { scanTime } from '../support/scan-endpoint.ts';
import { smallAccount } from '../support/small-account.ts';

interface Json {
  [key: string]: unknown;
  scopes: { [key: string]: unknown; scope: { account: string }; gaps: object[]; resources: { account?: string }[] }[];
  provenance: { [type: string]: object };
}

const gap = { operation: 'a:B', action: 'a:B', types: [], reason: 'timeout', count: 1, hint: '' };

async function saved(): Promise<Json> {
  return JSON.parse(await savedAccount('review', [smallAccount(scanTime)])) as Json;
}

function scopeAt(json: Json, index: number): Json['scopes'][number] {
  const scope = json.scopes[index];
  if (scope === undefined) throw new Error(`no scope ${index}`);
  return scope;
}

function regional(json: Json): Json['scopes'][number] {
  return scopeAt(
    json,
    json.scopes.findIndex(({ resources }) => resources.length > 1),
  );
}

describe('a saved account that was edited by hand is refused', () => {
  const edits: readonly [string, (json: Json) => void, RegExp][] = [
    ['without its scopes', (json) => json.scopes.splice(0), /scopes: there is no scope/],
    ['complete beside a gap', (json) => scopeAt(json, 0).gaps.push(gap), /a scope with 1 gaps is not complete/],
    ['partial without a gap', (json) => (scopeAt(json, 0)['status'] = 'partial'), /a scope with 0 gaps is not partial/],
    ['interrupted, but not quite', (json) => (json['interrupted'] = 'yes'), /interrupted: expected true/],
    ['with a resource of another account', (json) => ((regional(json).resources[0] ?? {}).account = '999999999999'), /not the account/],
    ['with a resource of no account', (json) => delete (regional(json).resources[0] ?? {}).account, /not the account/],
    ['with a resource twice', (json) => regional(json).resources.push(...regional(json).resources.slice(0, 1)), /stands here twice/],
  ];
  it.each(edits)('%s', async (_name, edit, message) => {
    const json = await saved();
    expect(readSnapshot(json, 'account.json').collection.scopes.length).toBeGreaterThan(0);
    edit(json);
    expect(() => readSnapshot(json, 'account.json')).toThrow(message);
  });
});

describe('a type that nobody looked for', () => {
  const collection: Collection = {
    scopes: ['1', '1', '2'].map((account, index) => ({
      scope: { id: String(index), source: 'aws', account },
      status: 'complete',
      resources: [],
      gaps: [],
    })),
    provenance: { 'AWS::KMS::Key': {} },
    notes: [],
  };

  it('is a gap in each account', () => {
    const needs = new Map(['AWS::KMS::Key', 'AWS::SSM::Parameter'].map((type) => [type, new Set<string>()]));
    const { scopes } = reportUncollected(collection, needs);
    const found = scopes.map(({ status, gaps }) => [status, ...gaps.flatMap(({ types }) => types)]);
    expect(found).toEqual([['partial', 'AWS::SSM::Parameter'], ['complete'], ['partial', 'AWS::SSM::Parameter']]);
  });

  it('is none when no policy judges it', () => {
    expect(reportUncollected(collection, new Map([['AWS::KMS::Key', new Set<string>()]]))).toBe(collection);
  });

  it('makes a scan of the saved account incomplete', async () => {
    const json = await saved();
    json.provenance = Object.fromEntries(Object.entries(json.provenance).filter(([type]) => type !== 'AWS::IAM::User'));
    const file = join(temporaryFolder(), 'account.json');
    writeFileSync(file, JSON.stringify(json));
    const { code, stdout } = await runCli(['scan', file]);
    expect(code).toBe(3);
    expect(stdout).toContain('Save the account again');
  });
});

it('a clock before the account was read is told', async () => {
  const file = join(temporaryFolder(), 'account.json');
  writeFileSync(file, JSON.stringify(await saved()));
  const early = await runCli(['scan', file, '--as-of', '2020-01-01', '-f', 'json']);
  const late = await runCli(['scan', file, '--as-of', '2030-01-01', '-f', 'json']);
  expect(early.stdout).toContain('before the account was read');
  expect(late.stdout).not.toContain('before the account was read');
});
