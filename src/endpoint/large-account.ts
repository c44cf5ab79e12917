import type { AccountFixture, KeyFixture, ParameterFixture, SecretFixture } from './account-fixture.ts';
import { chanceOf, fakeUuid } from './fake-id.ts';
import type { IamFixture, RoleFixture } from './iam-fixture.ts';
import { allow, policyDocument, readSecretAction, trustService } from './policy-document.ts';

/** How many of each; a number of keys of 0 leaves all to the AWS managed ones. */
export interface LargeAccountOptions {
  readonly secrets: number;
  readonly parameters: number;
  readonly roles: number;
  readonly keys: number;
  /** Epoch milliseconds; every date is relative to it. */
  readonly now: number;
}

const account = '123456789012';
const region = 'us-east-1';
const day = 86_400_000;
const managedPolicies = 20;

/** An account of any size in one region, always the same for the same options: for benchmarks and for tests of call counts. */
export function largeAccount(options: LargeAccountOptions): AccountFixture {
  return {
    id: account,
    regions: {
      [region]: {
        secrets: Array.from({ length: options.secrets }, (_, index) => secret(index, options)),
        parameters: Array.from({ length: options.parameters }, (_, index) => parameter(index, options)),
        keys: Array.from({ length: options.keys }, (_, index) => key(index)),
      },
    },
    iam: largeIam(options.roles),
  };
}

function secret(index: number, { keys, now }: LargeAccountOptions): SecretFixture {
  const name = `app-${index % 200}/prod/secret-${index}`;
  const luck = chanceOf(name);
  const age = Math.floor(luck * 40);
  const rotates = luck < 0.7;
  return {
    name,
    suffix: index.toString(36).padStart(6, '0').slice(-6),
    tags: { team: `team-${index % 40}`, stage: 'prod' },
    createdAt: now - 400 * day,
    lastAccessedAt: now - Math.floor(luck * 120) * day,
    ...(keys > 0 && luck < 0.9 ? { kmsKey: keyArn(index % keys) } : {}),
    ...(rotates
      ? {
          rotation: {
            days: 30 + Math.floor(luck * 100),
            functionArn: `arn:aws:lambda:${region}:${account}:function:rotate-${index % 8}`,
            lastRotatedAt: now - age * day,
            nextRotationAt: now + (30 - age) * day,
          },
        }
      : {}),
    ...(index % 10 === 0 ? { policy: resourcePolicy(index) } : {}),
  };
}

function resourcePolicy(index: number): NonNullable<SecretFixture['policy']> {
  const principal = index % 100 === 0 ? '*' : { AWS: `arn:aws:iam::${account}:role/role-${index % 50}` };
  return policyDocument({ Sid: 'Readers', ...allow(readSecretAction), Principal: principal });
}

function parameter(index: number, { keys, now }: LargeAccountOptions): ParameterFixture {
  const isSecret = index % 4 === 0;
  return {
    name: `/app-${index % 200}/prod/${isSecret ? 'password' : 'setting'}-${index}`,
    lastModifiedAt: now - (index % 500) * day,
    tags: { team: `team-${index % 40}` },
    // Every twentieth password is in the clear.
    ...(isSecret && index % 80 !== 0
      ? { type: 'SecureString', ...(keys > 0 ? { kmsKey: keyArn(index % keys) } : {}) }
      : { value: `EXAMPLE-${index}` }),
  };
}

function key(index: number): KeyFixture {
  const rotation = index % 5 === 0 ? {} : { rotation: { periodDays: 365 } };
  return { id: fakeUuid(`large key ${index}`), aliases: [`app/key-${index}`], ...rotation };
}

function keyArn(index: number): string {
  return `arn:aws:kms:${region}:${account}:key/${fakeUuid(`large key ${index}`)}`;
}

function largeIam(roles: number): IamFixture {
  return {
    roles: Array.from({ length: roles }, (_, index) => role(index)),
    policies: Array.from({ length: managedPolicies }, (_, index) => ({
      name: `Application${index}`,
      versions: [policyDocument(allow(index === 0 ? 'secretsmanager:*' : ['s3:GetObject', 'logs:PutLogEvents']))],
    })),
  };
}

function role(index: number): RoleFixture {
  const action = index % 25 === 0 ? 'secretsmanager:*' : readSecretAction;
  return {
    name: `role-${index}`,
    trust: trustService('ecs-tasks'),
    inline: { secrets: policyDocument(allow(action, `arn:aws:secretsmanager:${region}:${account}:secret:app-${index % 200}/*`)) },
    attached: [`Application${index % managedPolicies}`],
  };
}
