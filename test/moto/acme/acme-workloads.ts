import type { BuildProjectFixture, FunctionFixture, TaskDefinitionFixture } from '../../../src/endpoint/workload-fixture.ts';
import { clean, fails, flawless, type Described, type Verdict } from './planted.ts';
import { europe, functionArn, home, keyArn, secretArn } from './words.ts';

/** Functions that are given credentials, and such as only look like it. */
export function acmeFunctions(): readonly Described<FunctionFixture>[] {
  const one = (name: string, environment: FunctionFixture['environment'], ...verdicts: readonly Verdict[]): Described<FunctionFixture> => ({
    region: home,
    fixture: { name, ...(environment === undefined ? {} : { environment }) },
    verdicts,
  });
  const plaintext = 'lambda-no-plaintext-secret';
  return [
    one('billing', { DB_PASSWORD: 'Sup3r-S3cret-Fake!', STAGE: 'prod' }, fails(plaintext, 'a password')),
    one('webhook', { STRIPE_KEY: `sk_live_${'FAKE0'.repeat(6)}` }, fails(plaintext, 'its value has the shape of a key')),
    one(
      'good',
      { DB_SECRET_ARN: secretArn('prod/web/db-AbCdEf'), PASSWORD_MIN_LENGTH: '14', TOKEN_TTL: '3600', KEY: keyArn(home, 'secrets') },
      flawless('the ARN of a secret, and settings with telling names'),
    ),
    one('empty', undefined, flawless('no environment')),
    ...[home, europe].map((region) => ({ region, fixture: { name: functionArn(region).split(':').at(-1) ?? '' }, verdicts: [] })),
  ];
}

/** Families of task definitions, of which only the newest revision counts. */
export function acmeTaskDefinitions(): readonly Described<TaskDefinitionFixture>[] {
  const plaintext = 'ecs-no-plaintext-secret';
  const one = (fixture: TaskDefinitionFixture, ...verdicts: readonly Verdict[]): Described<TaskDefinitionFixture> => ({
    region: home,
    fixture,
    verdicts,
  });
  return [
    one(
      {
        family: 'web',
        revision: 2,
        containers: [{ name: 'main', environment: { LOG: 'info' }, secrets: { DB_PASSWORD: secretArn('prod/web/good-0') } }],
      },
      flawless('the password stood in the revision before'),
    ),
    one(
      {
        family: 'worker',
        containers: [
          { name: 'main', environment: { AWS_SECRET_ACCESS_KEY: 'fake'.repeat(10), DB_URL: 'mysql://u:fakepw@h/db' } },
          { name: 'log', environment: { LEVEL: 'info' } },
        ],
      },
      fails(plaintext, 'a key and the password in a URL'),
    ),
    one(
      {
        family: 'pinned',
        containers: [{ name: 'main', secrets: { DB_PASSWORD: `${secretArn('prod/web/good-1')}:password:AWSPREVIOUS:` } }],
      },
      fails('secretsmanager-reference-not-version-pinned', 'the stage before the current one'),
      clean(plaintext, 'it comes from a store'),
    ),
    one(
      {
        family: 'current',
        containers: [{ name: 'main', secrets: { DB_PASSWORD: `${secretArn('prod/web/good-1')}:password:AWSCURRENT:` } }],
      },
      flawless('the current stage, by its name'),
    ),
    one(
      { family: 'cron', containers: [{ name: 'main', secrets: { X: secretArn('old/deleted') } }] },
      clean(plaintext, 'a secret, though deleted'),
    ),
  ];
}

/** Build projects with a token in plain text, and with one from a store. */
export function acmeBuildProjects(): readonly Described<BuildProjectFixture>[] {
  return [
    {
      region: home,
      fixture: { name: 'build-bad', variables: [{ name: 'NPM_TOKEN', value: `npm_${'F'.repeat(36)}` }] },
      verdicts: [fails('codebuild-no-plaintext-secret', 'a token of type PLAINTEXT')],
    },
    {
      region: home,
      fixture: {
        name: 'build-good',
        variables: [
          { name: 'NPM_TOKEN', value: '/ci/npm-token', type: 'PARAMETER_STORE' },
          { name: 'DB_PASSWORD', value: 'prod/web/good-0', type: 'SECRETS_MANAGER' },
          { name: 'STAGE', value: 'prod' },
        ],
      },
      verdicts: [flawless('what is secret comes from a store')],
    },
    {
      region: home,
      fixture: {
        name: 'build-pinned',
        variables: [
          { name: 'DB_PASSWORD', value: 'prod/web/good-0:password::EXAMPLE1-0000-4000-8000-00000000c0de', type: 'SECRETS_MANAGER' },
        ],
      },
      verdicts: [fails('secretsmanager-reference-not-version-pinned', 'one version by its id')],
    },
  ];
}
