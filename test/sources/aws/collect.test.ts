import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountFixture, RegionFixture } from '../../../src/endpoint/account-fixture.ts';
import type { Fault } from '../../../src/endpoint/fault.ts';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { UserError } from '../../../src/model/errors.ts';
import type { Collection, Resource, ScopeModel } from '../../../src/model/resource.ts';
import { Unknown } from '../../../src/model/unknown.ts';
import { collectAws, requiredActions, type AwsContext, type AwsOptions } from '../../../src/sources/aws/index.ts';
import { fastTuning } from './fake-time.ts';

const now = Date.UTC(2026, 10, 20);
const day = 86_400_000;
const account = '123456789012';
const usedKey = '11111111-1111-1111-1111-111111111111';
const idleKey = '22222222-2222-2222-2222-222222222222';
const ofAws = '33333333-3333-3333-3333-333333333333';
const unusedKey = '44444444-4444-4444-4444-444444444444';

const secretType = 'AWS::SecretsManager::Secret';
const parameterType = 'AWS::SSM::Parameter';
const keyType = 'AWS::KMS::Key';

const everything: { readonly [type: string]: readonly string[] } = {
  [secretType]: ['statements', 'encryption', 'replicas', 'valueChangedAt', 'rotation'],
  [parameterType]: ['tags', 'encryption', 'value'],
  [keyType]: ['tags', 'aliases', 'statements', 'rotationEnabled'],
  'AWS::IAM::Role': ['statements'],
  'AWS::IAM::ManagedPolicy': ['statements'],
};

const publicPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:DescribeSecret', Resource: '*' }],
};

const home: RegionFixture = {
  keys: [
    { id: usedKey, aliases: ['app'], rotation: { periodDays: 180 } },
    { id: idleKey, aliases: ['idle'] },
  ],
  secrets: [
    {
      name: 'app/db',
      kmsKey: `arn:aws:kms:us-east-1:${account}:key/${usedKey}`,
      policy: publicPolicy,
      createdAt: now - 90 * day,
      lastChangedAt: now - day,
    },
    { name: 'app/plain', createdAt: now - 10 * day },
    { name: 'app/leaving', deletedAt: now - day },
  ],
  parameters: [
    { name: '/app/token', type: 'SecureString', kmsKey: 'alias/app', tags: { team: 'web' } },
    { name: '/app/host', value: 'CANARY-FAKE-VALUE' },
  ],
};

const fixture: AccountFixture = {
  id: account,
  regions: { 'us-east-1': home, 'eu-west-1': { secrets: [{ name: 'eu/one' }] } },
  iam: {
    roles: [{ name: 'reader', inline: { read: grant('secretsmanager:ListSecrets') }, externalId: 'EXAMPLE' }],
    policies: [{ name: 'Own', versions: [grant('ssm:DescribeParameters')] }],
  },
};

function grant(action: string): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] };
}

interface Run {
  readonly collection: Collection;
  readonly calls: Readonly<Record<string, number>>;
}

async function serve(accounts: readonly AccountFixture[], faults: readonly Fault[] = []): Promise<Endpoint> {
  const endpoint = await startEndpoint({ accounts, faults, clock: () => now });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

function optionsFor(endpoint: Pick<Endpoint, 'url'>, changes: Partial<AwsOptions> = {}): AwsOptions {
  return {
    regions: ['us-east-1'],
    roleArns: [],
    withCaller: false,
    inspectValues: false,
    allKeys: false,
    endpoint: endpoint.url,
    credentials: { accessKeyId: `AKIAFAKE${account}`, secretAccessKey: 'FAKE' },
    ...changes,
  };
}

function contextFor(needs: { readonly [type: string]: readonly string[] }, changes: Partial<AwsContext> = {}): AwsContext {
  return {
    needs: new Map(Object.entries(needs).map(([type, paths]) => [type, new Set(paths)])),
    now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tuning: fastTuning({ requestTimeoutMs: 100, wallClock: () => now }),
    ...changes,
  };
}

async function collect(
  needs: { readonly [type: string]: readonly string[] },
  run: { readonly faults?: readonly Fault[]; readonly options?: Partial<AwsOptions>; readonly context?: Partial<AwsContext> } = {},
): Promise<Run> {
  const endpoint = await serve([fixture], run.faults);
  const collection = await collectAws(optionsFor(endpoint, run.options), contextFor(needs, run.context));
  return { collection, calls: endpoint.calls() };
}

function scopeOf(collection: Collection, id = `aws/${account}/us-east-1`): ScopeModel {
  const scope = collection.scopes.find((candidate) => candidate.scope.id === id);
  if (scope === undefined) throw new Error(`no scope ${id} among ${collection.scopes.map((candidate) => candidate.scope.id).join(', ')}`);
  return scope;
}

function named(collection: Collection, name: string): Resource {
  const found = collection.scopes.flatMap(({ resources }) => resources).find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`no resource ${name}`);
  return found;
}

describe('collectAws', () => {
  it('reads what the policies need, with everything resolved', async () => {
    const { collection } = await collect(everything);
    expect(collection.scopes.map(({ scope, status }) => [scope.id, status])).toEqual([
      [`aws/${account}/global`, 'complete'],
      [`aws/${account}/us-east-1`, 'complete'],
    ]);
    const secret = named(collection, 'app/db');
    expect(secret).toMatchObject({ type: secretType, account, region: 'us-east-1', partition: 'aws' });
    expect(secret.address).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:app\/db-\w{6}$/);
    expect(secret.attributes).toMatchObject({
      name: 'app/db',
      account,
      region: 'us-east-1',
      isReplica: false,
      replicas: [],
      rotation: { enabled: false, managedBy: 'none', pendingVersion: false },
      statements: [{ effect: 'Allow', isPublic: true }],
      encryption: {
        manager: 'customer',
        keyState: 'Enabled',
        keyRotationEnabled: true,
        keyArn: `arn:aws:kms:us-east-1:${account}:key/${usedKey}`,
      },
      // The last change was not the creation, so the version is asked; it is as old as the secret.
      valueChangedAt: now - 90 * day,
    });
    expect(named(collection, 'app/plain').attributes).toMatchObject({
      encryption: { manager: 'aws' },
      statements: [],
      valueChangedAt: now - 10 * day,
    });
    expect(named(collection, '/app/token').attributes).toMatchObject({
      type: 'SecureString',
      tags: { team: 'web' },
      encryption: { manager: 'customer', keyId: 'alias/app', keyState: 'Enabled' },
    });
    expect(named(collection, '/app/host').attributes).not.toHaveProperty('encryption');
    expect(named(collection, usedKey).attributes).toMatchObject({
      name: usedKey,
      aliases: ['alias/app'],
      manager: 'customer',
      rotationEnabled: true,
      rotationPeriodDays: 180,
      protects: [
        { type: parameterType, name: '/app/token' },
        { type: secretType, name: 'app/db' },
      ],
    });
    expect(named(collection, 'reader').attributes).toMatchObject({
      region: 'global',
      path: '/',
      statements: [{ policyName: 'read', actions: ['secretsmanager:ListSecrets'] }],
    });
    expect(named(collection, 'Own').attributes).toMatchObject({
      attachmentCount: 0,
      boundaryOnly: false,
      statements: [{ effect: 'Allow' }],
    });
  });

  it('tells who manages the key of a replica by its name, else by KMS in the region of the replica', async () => {
    const keyArn = (owner: string): string => `arn:aws:kms:eu-west-1:${owner}:key/${usedKey}`;
    const cases: readonly (readonly [string | undefined, string | object])[] = [
      [undefined, 'aws'],
      ['alias/aws/secretsmanager', 'aws'],
      [`arn:aws:kms:eu-west-1:${account}:alias/aws/secretsmanager`, 'aws'],
      ['alias/team-aws/secrets', 'customer'],
      [`arn:aws:kms:eu-west-1:${account}:alias/replica`, 'customer'],
      [keyArn('999988887777'), 'customer'],
      [keyArn(account), 'customer'],
      [usedKey, 'customer'],
      [keyArn(account).replace(usedKey, ofAws), 'aws'],
      [keyArn(account).replace(usedKey, unusedKey), 'customer'],
      [
        keyArn(account).replace('eu-west-1', 'ap-south-1'),
        { reason: 'not-collected', detail: expect.stringContaining('ap-south-1') as string },
      ],
    ];
    const replicas = cases.map(([kmsKey]) => ({ region: 'eu-west-1', ...(kmsKey === undefined ? {} : { kmsKey }) }));
    const endpoint = await serve([
      {
        id: account,
        regions: {
          'us-east-1': { secrets: [{ name: 'app/spread', primaryRegion: 'us-east-1', replicas }] },
          'eu-west-1': { keys: [{ id: usedKey }, { id: ofAws, manager: 'AWS' }] },
        },
      },
    ]);
    const collection = await collectAws(optionsFor(endpoint), contextFor({ [secretType]: ['replicas'] }));
    expect(named(collection, 'app/spread').attributes['replicas']).toMatchObject(cases.map(([, manager]) => ({ manager })));
    expect(endpoint.calls()['kms:DescribeKey']).toBe(3);
  });

  it('leaves it unknown where KMS does not answer for that region', async () => {
    const replicas = [{ region: 'eu-west-1', kmsKey: `arn:aws:kms:eu-west-1:${account}:key/${usedKey}` }];
    const endpoint = await serve(
      [
        {
          id: account,
          regions: { 'us-east-1': { secrets: [{ name: 'app/spread', primaryRegion: 'us-east-1', replicas }] }, 'eu-west-1': {} },
        },
      ],
      [{ operation: 'kms:DescribeKey', region: 'eu-west-1', kind: 'deny' }],
    );
    const collection = await collectAws(optionsFor(endpoint), contextFor({ [secretType]: ['replicas'] }));
    expect(named(collection, 'app/spread').attributes['replicas']).toMatchObject([
      { manager: { reason: 'access-denied', action: 'kms:DescribeKey' } },
    ]);
  });

  it('says that a live account cannot tell what only code has', async () => {
    const { collection } = await collect({ [secretType]: ['tags'] });
    expect(named(collection, 'app/plain').attributes).toMatchObject({
      values: { reason: 'not-in-source' },
      recoveryWindowDays: { reason: 'not-in-source' },
    });
  });

  it('makes the calls of the formula and no other', async () => {
    const { calls } = await collect(everything);
    expect(calls).toEqual({
      'sts:GetCallerIdentity': 1,
      'account:ListRegions': 1,
      'secretsmanager:ListSecrets': 1,
      'secretsmanager:GetResourcePolicy': 2,
      'secretsmanager:ListSecretVersionIds': 1,
      'ssm:DescribeParameters': 1,
      'ssm:ListTagsForResource': 2,
      'kms:ListAliases': 1,
      'kms:DescribeKey': 1,
      'kms:GetKeyRotationStatus': 1,
      'kms:GetKeyPolicy': 1,
      'kms:ListResourceTags': 1,
      'iam:GetAccountAuthorizationDetails': 1,
    });
  });

  it.each([
    ['nothing', {}, ['sts:GetCallerIdentity']],
    ['one list', { [secretType]: ['rotation.enabled'] }, ['account:ListRegions', 'secretsmanager:ListSecrets', 'sts:GetCallerIdentity']],
    ['IAM alone, without regions', { 'AWS::IAM::Role': ['path'] }, ['iam:GetAccountAuthorizationDetails', 'sts:GetCallerIdentity']],
  ])('calls nothing that nobody needs: %s', async (_name, needs, operations) => {
    const { calls } = await collect(needs);
    expect(Object.keys(calls).sort()).toEqual(operations);
  });

  it('calls what requiredActions promises, and not more', async () => {
    const { calls } = await collect(everything, { options: { allKeys: true } });
    const promised = requiredActions(contextFor(everything).needs, { inspectValues: false, allKeys: true });
    expect(Object.keys(calls).filter((operation) => operation !== 'sts:GetCallerIdentity' && !promised.includes(operation))).toEqual([]);
  });

  it('leaves unknown what nobody needs, and never absent or empty', async () => {
    const { collection } = await collect({ [secretType]: ['name'], [parameterType]: ['name'] });
    const secret = named(collection, 'app/db').attributes;
    expect(secret['statements']).toMatchObject({ reason: 'not-collected', action: 'secretsmanager:GetResourcePolicy' });
    expect(secret['valueChangedAt']).toBeInstanceOf(Unknown);
    expect(secret['encryption']).toMatchObject({ manager: { reason: 'not-collected' }, keyState: { reason: 'not-collected' } });
    expect(named(collection, '/app/token').attributes['tags']).toBeInstanceOf(Unknown);
    expect(named(collection, '/app/host').attributes['value']).toMatchObject({
      looksSecret: { reason: 'not-collected' },
      kind: { reason: 'not-collected' },
    });
  });

  it('does not ask for the policy of a secret that is scheduled for deletion, and says so', async () => {
    const { collection } = await collect({ [secretType]: ['statements'] });
    const { statements, deletionScheduledAt } = named(collection, 'app/leaving').attributes;
    expect(deletionScheduledAt).toBe(now - day);
    expect(statements).toMatchObject({ reason: 'not-collected', detail: 'not asked of a secret that is scheduled for deletion' });
  });

  it('judges every key with allKeys, else those in use', async () => {
    const used = await collect({ [keyType]: ['state'] });
    expect(scopeOf(used.collection).resources.map(({ name }) => name)).toEqual([usedKey]);
    const all = await collect({ [keyType]: ['state'] }, { options: { allKeys: true } });
    expect(scopeOf(all.collection).resources.map(({ name }) => name)).toEqual([usedKey, idleKey]);
  });

  it('gives the same collection for the same answers', async () => {
    const first = await collect(everything);
    const second = await collect(everything, { faults: [{ operation: '*', kind: 'short-pages' }] });
    expect(JSON.stringify(second.collection)).toBe(JSON.stringify(first.collection));
  });

  it('never lets a value into the model', async () => {
    const { collection } = await collect(everything);
    expect(JSON.stringify(collection)).not.toContain('CANARY');
  });
});

describe('collectAws with inspectValues', () => {
  const canary = 'postgres://app:CANARYFAKEq9x2v7@db.internal:5432/app';
  const values: AccountFixture = {
    id: account,
    regions: {
      'us-east-1': {
        parameters: [
          { name: '/a/url', value: canary },
          { name: '/b/host', value: 'db.internal' },
          { name: '/c/secure', type: 'SecureString' },
          ...Array.from({ length: 12 }, (_, index) => ({ name: `/d/${String(index)}`, value: 'on' })),
        ],
      },
    },
  };

  it('classifies what is not encrypted, in batches of ten, and keeps nothing of it', async () => {
    const endpoint = await serve([values]);
    const options = optionsFor(endpoint, { inspectValues: true });
    const collection = await collectAws(options, contextFor({ [parameterType]: ['value.looksSecret'] }));
    expect(named(collection, '/a/url').attributes['value']).toMatchObject({ looksSecret: true, kind: 'url-credentials' });
    expect(named(collection, '/b/host').attributes['value']).toMatchObject({ looksSecret: false, origin: { reason: 'not-in-source' } });
    expect(named(collection, '/b/host').attributes['value']).not.toHaveProperty('kind');
    expect(named(collection, '/c/secure').attributes['value']).toMatchObject({ looksSecret: { reason: 'not-collected' } });
    expect(endpoint.calls()['ssm:GetParameters']).toBe(2);
    expect(JSON.stringify(collection)).not.toContain('CANARY');
  });

  it('reads no value that no policy asks about', async () => {
    const endpoint = await serve([values]);
    await collectAws(optionsFor(endpoint, { inspectValues: true }), contextFor({ [parameterType]: ['type'] }));
    expect(endpoint.calls()['ssm:GetParameters']).toBeUndefined();
  });

  it('does not know what it was not allowed to read', async () => {
    const endpoint = await serve([values], [{ operation: 'ssm:GetParameters', kind: 'deny' }]);
    const collection = await collectAws(optionsFor(endpoint, { inspectValues: true }), contextFor({ [parameterType]: ['value'] }));
    const denied = { reason: 'access-denied', action: 'ssm:GetParameters' };
    expect(named(collection, '/a/url').attributes['value']).toMatchObject({ looksSecret: denied, kind: denied });
  });
});

describe('collectAws of parameters of the Advanced tier', () => {
  const advanced: AccountFixture = {
    id: account,
    regions: {
      'us-east-1': {
        parameters: [
          {
            name: '/a/shared',
            tier: 'Advanced',
            sharedBy: [publicPolicy, grant('ssm:GetParameters')],
            policies: [
              { type: 'Expiration', attributes: { Timestamp: '2027-06-01T10:00:00.000Z' } },
              { type: 'ExpirationNotification', attributes: { Before: '1', Unit: 'Days' } },
            ],
          },
          { name: '/b/unreadable', tier: 'Advanced', policies: [{ type: 'Expiration', attributes: { Timestamp: 'soon' } }] },
          { name: '/c/standard' },
        ],
      },
    },
  };
  const needs = { [parameterType]: ['statements', 'expiration', 'expirationNotification'] };

  it('reads their policies and who they are shared with, and asks for no others', async () => {
    const endpoint = await serve([advanced], [{ operation: 'ssm:GetResourcePolicies', kind: 'short-pages' }]);
    const collection = await collectAws(optionsFor(endpoint), contextFor(needs));
    const shared = named(collection, '/a/shared').attributes;
    expect(shared).toMatchObject({
      expiration: Date.UTC(2027, 5, 1, 10),
      expirationNotification: { hoursBefore: 24 },
      statements: [{ isPublic: true }, { actions: ['ssm:GetParameters'] }],
    });
    expect(shared).not.toHaveProperty('noChangeNotification');
    expect(named(collection, '/b/unreadable').attributes).toMatchObject({ expiration: { reason: 'malformed-response' }, statements: [] });
    const standard = named(collection, '/c/standard').attributes;
    expect(standard['statements']).toEqual([]);
    expect(standard).not.toHaveProperty('expiration');
    const asked = await serve([advanced]);
    await collectAws(optionsFor(asked), contextFor(needs));
    expect(asked.calls()['ssm:GetResourcePolicies']).toBe(2);
  });

  it('does not know who they are shared with where it may not ask, nor where nobody needs it', async () => {
    const endpoint = await serve([advanced], [{ operation: 'ssm:GetResourcePolicies', kind: 'deny' }]);
    const denied = await collectAws(optionsFor(endpoint), contextFor(needs));
    expect(named(denied, '/a/shared').attributes['statements']).toMatchObject({
      reason: 'access-denied',
      action: 'ssm:GetResourcePolicies',
    });
    const unasked = await collectAws(optionsFor(endpoint), contextFor({ [parameterType]: ['type'] }));
    expect(named(unasked, '/a/shared').attributes['statements']).toMatchObject({ reason: 'not-collected' });
  });
});

describe('collectAws in several regions and accounts', () => {
  it('reads all enabled regions and says which it leaves', async () => {
    const all = await collect({ [secretType]: ['name'] }, { options: { regions: 'all' } });
    expect(all.collection.scopes.map(({ scope }) => scope.region)).toEqual(['eu-west-1', 'us-east-1']);
    expect(all.collection.notes).toEqual([]);
    const one = await collect({ [secretType]: ['name'] });
    expect(one.collection.notes).toEqual([
      `aws/${account}: looked at us-east-1; 1 other enabled region was not looked at (--region all takes them in)`,
    ]);
  });

  it('only notes it when the regions cannot be listed, unless all are asked for', async () => {
    const faults: readonly Fault[] = [{ operation: 'account:ListRegions', kind: 'deny' }];
    const one = await collect({ [secretType]: ['name'] }, { faults });
    expect(scopeOf(one.collection).status).toBe('complete');
    expect(one.collection.notes[0]).toContain('is unknown (AccessDenied');
    const all = await collect({ [secretType]: ['name'], 'AWS::IAM::Role': ['name'] }, { faults, options: { regions: 'all' } });
    expect(all.collection.scopes.map(({ scope, status }) => [scope.id, status])).toEqual([
      [`aws/${account}`, 'failed'],
      [`aws/${account}/global`, 'complete'],
    ]);
    expect(all.collection.scopes[0]?.gaps).toMatchObject([
      { operation: 'account:ListRegions', reason: 'access-denied', types: [secretType] },
    ]);
  });

  it('refuses a region that does not exist before it reads anything', async () => {
    await expect(collect(everything, { options: { regions: ['us-east-9'] } })).rejects.toMatchObject({ code: 'region-unknown' });
  });

  it('shows a region that is not enabled as failed, with what to do', async () => {
    const { collection } = await collect(everything, { options: { regions: ['us-east-1', 'ap-south-1'] } });
    expect(scopeOf(collection).status).toBe('complete');
    const disabled = scopeOf(collection, `aws/${account}/ap-south-1`);
    expect(disabled).toMatchObject({ status: 'failed', resources: [] });
    expect(disabled.gaps.map(({ operation }) => operation)).toEqual(['secretsmanager:ListSecrets', 'ssm:DescribeParameters']);
    expect(disabled.gaps[0]?.hint).toContain('ap-south-1 is probably not enabled');
  });

  it('enters accounts by role, fails the one it cannot enter and reads the rest', async () => {
    const endpoint = await serve([fixture]);
    const role = (id: string): string => `arn:aws:iam::${id}:role/reader`;
    const options = optionsFor(endpoint, { roleArns: [role(account), role('999988887777')], externalId: 'EXAMPLE' });
    const collection = await collectAws(options, contextFor({ [secretType]: ['name'], 'AWS::IAM::Role': ['name'] }));
    expect(collection.scopes.map(({ scope, status }) => [scope.id, status])).toEqual([
      [`aws/${account}/global`, 'complete'],
      [`aws/${account}/us-east-1`, 'complete'],
      ['aws/999988887777/global', 'failed'],
      ['aws/999988887777/us-east-1', 'failed'],
    ]);
    expect(scopeOf(collection).scope.caller).toBe(`arn:aws:sts::${account}:assumed-role/reader/sealcheck`);
    expect(scopeOf(collection, 'aws/999988887777/us-east-1').gaps).toMatchObject([
      {
        operation: 'sts:AssumeRole',
        reason: 'access-denied',
        types: [secretType],
        hint: expect.stringContaining('trust policy') as unknown,
      },
    ]);
    expect(endpoint.calls()['sts:GetCallerIdentity']).toBeUndefined();
  });

  it('an external id of a role goes before that of all', async () => {
    const endpoint = await serve([fixture]);
    const arn = `arn:aws:iam::${account}:role/reader`;
    const options = optionsFor(endpoint, { roleArns: [arn], externalId: 'WRONG-EXAMPLE', externalIds: { [arn]: 'EXAMPLE' } });
    const collection = await collectAws(options, contextFor({ [secretType]: ['name'] }));
    expect(collection.scopes.map(({ status }) => status)).toEqual(['complete']);
  });

  it('ends with one clear error when no account can be entered', async () => {
    const endpoint = await serve([fixture]);
    const options = optionsFor(endpoint, { roleArns: [`arn:aws:iam::${account}:role/reader`], externalId: 'WRONG-EXAMPLE' });
    const failing = collectAws(options, contextFor(everything));
    await expect(failing).rejects.toBeInstanceOf(UserError);
    await expect(failing).rejects.toMatchObject({
      code: 'credentials-failed',
      message: expect.stringContaining('sts:AssumeRole') as unknown,
    });
  });
});
