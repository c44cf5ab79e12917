import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault, MalformedBody } from '../../../src/endpoint/fault.ts';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import { sampleAccounts } from '../../../src/endpoint/sample-account.ts';
import type { Collection, Needs, Resource } from '../../../src/model/resource.ts';
import { Unknown } from '../../../src/model/unknown.ts';
import { resourceTypes } from '../../../src/resources/index.ts';
import { collectAws, requiredActions, type AwsOptions } from '../../../src/sources/aws/index.ts';
import type { Tuning } from '../../../src/sources/aws/tuning.ts';
import { neededCollectors } from '../../../src/sources/aws/needed-collectors.ts';
import { fastTuning } from './fake-time.ts';

const now = Date.UTC(2026, 10, 20);
const flags = { inspectValues: false, allKeys: true };
/** Every attribute of every type. */
const needs: Needs = new Map(resourceTypes.map(({ name }) => [name, new Set([''])]));
const operations = requiredActions(needs, flags).filter((operation) => operation !== 'iam:ListPolicyTags');
const listings = new Set<string>(neededCollectors(needs).flatMap(({ base }) => base.map(({ operation }) => operation)));

async function collect(faults: readonly Fault[], tuning: Partial<Tuning> = {}, signal = new AbortController().signal): Promise<Collection> {
  const endpoint = await startEndpoint({ accounts: sampleAccounts(now), faults, clock: () => now });
  onTestFinished(() => endpoint.close());
  const options: AwsOptions = {
    ...flags,
    regions: ['us-east-1'],
    roleArns: [],
    withCaller: false,
    endpoint: endpoint.url,
    credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE' },
  };
  return await collectAws(options, {
    needs,
    now,
    signal,
    onProgress: () => undefined,
    tuning: fastTuning({ wallClock: () => now, ...tuning }),
  });
}

/** The known facts of `seen` that are not those of `truth`, and the Unknowns with their reasons. */
function compare(seen: unknown, truth: unknown, path: string, found: { lies: string[]; unknowns: Unknown[] }): void {
  if (seen instanceof Unknown) {
    if (!(truth instanceof Unknown)) found.unknowns.push(seen);
    return;
  }
  if (Array.isArray(seen) && Array.isArray(truth)) {
    const known = seen.filter((element) => !(element instanceof Unknown));
    for (const element of seen) if (element instanceof Unknown) found.unknowns.push(element);
    if (known.length === seen.length && seen.length !== truth.length)
      found.lies.push(`${path}: ${seen.length} elements instead of ${truth.length}`);
    const texts = new Set(truth.map((element) => JSON.stringify(element)));
    if (!known.every((element) => texts.has(JSON.stringify(element)))) found.lies.push(path);
    return;
  }
  if (typeof seen === 'object' && seen !== null && typeof truth === 'object' && truth !== null && !(truth instanceof Unknown)) {
    for (const key of new Set([...Object.keys(seen), ...Object.keys(truth)])) {
      compare(Reflect.get(seen, key), Reflect.get(truth, key), `${path}.${key}`, found);
    }
    return;
  }
  if (JSON.stringify(seen) !== JSON.stringify(truth))
    found.lies.push(`${path}: ${JSON.stringify(seen)} instead of ${JSON.stringify(truth)}`);
}

interface Comparison {
  /** What is claimed though it is not so. */
  readonly lies: readonly string[];
  /** Resources that are missing without a gap that stands for their type. */
  readonly lost: readonly string[];
  readonly reasons: readonly string[];
  readonly actions: readonly string[];
}

function compareCollections(seen: Collection, truth: Collection): Comparison {
  const found = { lies: [] as string[], unknowns: [] as Unknown[] };
  const lost: string[] = [];
  const gaps = seen.scopes.flatMap((scope) => scope.gaps);
  const resourcesOf = (collection: Collection): ReadonlyMap<string, Resource> =>
    new Map(collection.scopes.flatMap(({ resources }) => resources).map((resource) => [resource.address, resource]));
  const before = resourcesOf(truth);
  const after = resourcesOf(seen);
  for (const [address, resource] of after) {
    const real = before.get(address);
    // A key of which we cannot know who manages it is judged as one that may be ours.
    if (real === undefined && resource.attributes['manager'] instanceof Unknown) continue;
    compare(resource.attributes, real?.attributes, address, found);
  }
  for (const [address, { type }] of before) {
    if (!after.has(address) && !gaps.some(({ types }) => types.includes(type))) lost.push(address);
  }
  const unknowns = found.unknowns;
  return {
    lies: found.lies,
    lost,
    reasons: [...new Set([...unknowns.map(({ reason }) => reason), ...gaps.map(({ reason }) => reason)])],
    actions: [...new Set([...unknowns.map(({ action }) => action ?? ''), ...gaps.map(({ action }) => action)])],
  };
}

const truth = collectOnce(() => collect([]));

function collectOnce(read: () => Promise<Collection>): () => Promise<Collection> {
  let reading: Promise<Collection> | undefined;
  return () => (reading ??= read());
}

function expectHonest(seen: Collection, real: Collection, operation: string, reason: string): void {
  const { lies, lost, reasons, actions } = compareCollections(seen, real);
  expect(lies).toEqual([]);
  expect(lost).toEqual([]);
  if (operation === 'account:ListRegions') {
    expect(reasons).toEqual([]);
    expect(seen.notes.join()).toContain('is unknown');
    return;
  }
  expect(reasons).toEqual([reason]);
  expect(actions).toEqual([operation]);
  expect(seen.scopes.some(({ status }) => status !== 'complete')).toBe(listings.has(operation));
}

describe.each(operations)('%s', (operation) => {
  it.each<[string, Fault, string]>([
    ['denied', { operation, kind: 'deny' }, 'access-denied'],
    ['throttled for good', { operation, kind: 'throttle', rate: 1, seed: 1 }, 'throttled'],
    ['failing inside AWS', { operation, kind: 'error', status: 500, code: 'InternalServiceError' }, 'request-failed'],
    ['cut off', { operation, kind: 'reset' }, 'request-failed'],
    ['hanging', { operation, kind: 'hang' }, 'timeout'],
  ])('%s: what it answers is unknown, the rest is as it was', async (_name, fault, reason) => {
    const tuning = fault.kind === 'hang' ? { requestTimeoutMs: 600, patience: 2 } : {};
    expectHonest(await collect([fault], tuning), await truth(), operation, reason);
  });

  it.each<MalformedBody>(['html', 'truncated', 'empty-object'])(
    'answering garbage (%s): what it answers is unknown, the rest is as it was',
    async (body) => {
      expectHonest(await collect([{ operation, kind: 'malformed', body }]), await truth(), operation, 'malformed-response');
    },
  );

  it('answering with fields of other types than declared: nothing is claimed that is not so', async () => {
    const { lies, lost } = compareCollections(await collect([{ operation, kind: 'malformed', body: 'wrong-types' }]), await truth());
    expect({ lies, lost }).toEqual({ lies: [], lost: [] });
  });
});

describe('collectAws under load and in trouble', () => {
  it('comes to the same collection when 30 % of all calls are throttled', async () => {
    const seen = await collect([{ operation: '*', kind: 'throttle', rate: 0.3, seed: 7 }], { attempts: 12 });
    expect(JSON.stringify(seen)).toBe(JSON.stringify(await truth()));
  });

  it('keeps the pages before one that fails', async () => {
    const seen = await collect([
      { operation: 'ssm:DescribeParameters', kind: 'short-pages' },
      { operation: 'ssm:DescribeParameters', kind: 'deny', after: 3 },
    ]);
    const scope = seen.scopes.find(({ scope: { region } }) => region === 'us-east-1');
    expect(scope?.status).toBe('partial');
    expect(scope?.gaps).toMatchObject([
      { operation: 'ssm:DescribeParameters', reason: 'access-denied', types: ['AWS::SSM::Parameter', 'AWS::KMS::Key'], count: 1 },
    ]);
    expect(scope?.resources.filter(({ type }) => type === 'AWS::SSM::Parameter').length).toBeGreaterThan(0);
  });

  it('stops at a page token that repeats', async () => {
    const seen = await collect([{ operation: 'secretsmanager:ListSecrets', kind: 'malformed', body: 'repeat-token' }]);
    const gaps = seen.scopes.flatMap((scope) => scope.gaps);
    expect(gaps).toMatchObject([{ operation: 'secretsmanager:ListSecrets', reason: 'malformed-response' }]);
  });

  it('turns what is left into unknowns when the credentials expire in mid-run', async () => {
    const seen = await collect([{ operation: 'secretsmanager:GetResourcePolicy', kind: 'expired', after: 5 }]);
    const { lies, lost, reasons } = compareCollections(seen, await truth());
    expect({ lies, lost, reasons }).toEqual({ lies: [], lost: [], reasons: ['request-failed'] });
  });

  it('returns what there is when it is interrupted', async () => {
    const controller = new AbortController();
    const endpoint = await startEndpoint({ accounts: sampleAccounts(now), clock: () => now });
    onTestFinished(() => endpoint.close());
    const seen = await collectAws(
      {
        ...flags,
        regions: ['us-east-1'],
        roleArns: [],
        withCaller: false,
        endpoint: endpoint.url,
        credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE' },
      },
      {
        needs,
        now,
        signal: controller.signal,
        tuning: fastTuning({ wallClock: () => now }),
        onProgress: (event) => {
          if (event.kind === 'reading' && event.operation === 'secretsmanager:GetResourcePolicy' && event.done === 3) controller.abort();
        },
      },
    );
    expect(seen.interrupted).toBe(true);
    const { lies, lost, reasons } = compareCollections(seen, await truth());
    expect({ lies, lost, reasons }).toEqual({ lies: [], lost: [], reasons: ['request-failed'] });
  });

  it('makes no call when it is interrupted before it begins', async () => {
    const seen = await collect([{ operation: '*', kind: 'hang' }], {}, AbortSignal.abort());
    expect(seen).toMatchObject({ interrupted: true });
    expect(seen.scopes.every(({ status }) => status === 'failed')).toBe(true);
  });
});
