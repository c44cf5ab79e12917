import { readFileSync } from 'node:fs';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, expect, it } from 'vitest';
import { createS3Store } from '../../src/state/s3-store.ts';
import type { StateStore } from '../../src/state/state-store.ts';
import { motoCredentials } from '../moto/seed/moto-clients.ts';
import { describeWithMoto } from '../support/moto.ts';
import { failureOf } from './failure-of.ts';

const bytes = Buffer.from('{"run":1}');
const run = 'runs/00000001.json.gz';
interface Policy {
  readonly Version: string;
  readonly Statement: readonly { readonly Action: string | readonly string[] }[];
}

/** The policy that docs/state.md gives, for a bucket. */
function documentedPolicy(): Policy {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/state.md', 'utf8')) ?? [];
  return JSON.parse(json.replaceAll('BUCKET', 'state-bucket').replaceAll('PREFIX', 'sealcheck')) as Policy;
}

const without = (policy: Policy, action: string): Policy => ({
  ...policy,
  Statement: policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((other) => other !== action),
  })).filter(({ Action }) => Action.length > 0),
});

const actions: readonly [string, (store: StateStore) => Promise<unknown>, string][] = [
  ['s3:ListBucket', (store) => store.list('runs/'), 'arn:aws:s3:::state-bucket'],
  ['s3:GetObject', (store) => store.read(run), 'arn:aws:s3:::state-bucket/sealcheck/*'],
  ['s3:PutObject', (store) => store.put(run, bytes), 'arn:aws:s3:::state-bucket/sealcheck/*'],
  ['s3:DeleteObject', (store) => store.remove(run), 'arn:aws:s3:::state-bucket/sealcheck/*'],
];

await describeWithMoto('the policy of docs/state.md', (moto) => {
  const stores = new Map<string, StateStore>();
  beforeAll(async () => {
    const settings = { endpoint: moto.url, region: 'us-east-1', forcePathStyle: true };
    const admin = { ...settings, credentials: motoCredentials };
    await new S3Client(admin).send(new CreateBucketCommand({ Bucket: 'state-bucket' }));
    const iam = new IAMClient(admin);
    const whole = documentedPolicy();
    const policies = [['all', whole], ...actions.map(([action]) => [action, without(whole, action)] as const)] as const;
    for (const [action, policy] of policies) {
      const UserName = `without-${action.replace(':', '-')}`;
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify(policy) }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
      stores.set(action, await createS3Store({ bucket: 'state-bucket', prefix: 'sealcheck/' }, { ...settings, credentials }));
    }
    await moto.enforceIam();
  }, 60_000);
  const storeWith = (which: string): StateStore => stores.get(which) ?? expect.fail(`no store ${which}`);

  it('is enough for all that a state does', async () => {
    const store = storeWith('all');
    expect(await store.list('runs/')).toEqual([]);
    expect(await store.read(run)).toBeUndefined();
    expect(await store.putIfAbsent(run, bytes)).toBe(true);
    expect(await store.putIfAbsent(run, Buffer.from('other'))).toBe(false);
    await store.put('history.ndjson', bytes);
    expect(await store.read('history.ndjson')).toEqual(bytes);
    expect(await store.list('runs/')).toEqual([run]);
    await store.remove('history.ndjson');
  });

  it.each(actions)('needs %s: without it the error says so', async (action, call, resource) => {
    const failure = await failureOf(call(storeWith(action)));
    expect(failure.code).toBe('state-failed');
    expect(failure.message).toContain(`${action} on s3://state-bucket/sealcheck/`);
    expect(failure.hint).toContain(`Grant ${action} on ${resource}`);
    for (const [other, works] of actions) if (other !== action && other !== 's3:DeleteObject') await works(storeWith(action));
  });
});
