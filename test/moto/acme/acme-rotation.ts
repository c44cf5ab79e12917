import type { SecretFixture } from '../../../src/endpoint/account-fixture.ts';
import { aged, clean, fails, flawless, type Described } from './planted.ts';
import { secretMaker } from './secret-maker.ts';
import { ago, functionArn, home } from './words.ts';

const enabled = 'secretsmanager-rotation-enabled';
const interval = 'secretsmanager-rotation-interval';
const onSchedule = 'secretsmanager-rotation-on-schedule';
const notStuck = 'secretsmanager-rotation-not-stuck';
const recently = 'secretsmanager-rotated-recently';

/** Secrets that rotate well, too seldom, too late, only by half, or not at all. */
export function acmeRotation(now: number): readonly Described<SecretFixture>[] {
  const secret = secretMaker(now);
  /** A version that waits at AWSPENDING since so many days. */
  const pending = (last: number, since: number): Partial<SecretFixture> => ({
    versions: {
      'EXAMPLE1-0000-4000-8000-00000000c0de': { stages: ['AWSCURRENT'], createdAt: ago(now, last) },
      'EXAMPLE2-0000-4000-8000-00000000c0de': { stages: ['AWSPENDING'], createdAt: ago(now, since) },
    },
  });
  return [
    ...[0, 1, 2, 3, 4, 5].map((i) =>
      secret(`prod/web/good-${i}`, { days: 30, last: 5 + i, next: i - 25 }, {}, flawless('every 30 days, key of our own, tagged')),
    ),
    ...[0, 1, 2, 3].map((i) =>
      secret(
        `prod/eu/good-${i}`,
        { days: 60, expression: 'rate(60 days)', duration: '4h', last: 20, next: -40 },
        {},
        flawless('every 60 days, by days and by expression'),
      ),
    ),
    secret(
      'prod/cron-monthly',
      { expression: 'cron(0 8 1 * ? *)', days: 30, last: 10, next: -20 },
      {},
      aged(flawless('monthly: 31 days at most')),
    ),
    secret('prod/rate-hours', { expression: 'rate(12 hours)', days: 1, last: 0.3, next: -0.2 }, {}, aged(flawless('every 12 hours'))),
    secret('prod/exactly-90', { days: 90, last: 30, next: -60 }, {}, flawless('90 is not over 90')),
    secret('prod/over-91', { days: 91, last: 30, next: -61 }, {}, fails(interval, '91 days'), clean(enabled, 'it rotates')),
    secret('prod/yearly', { days: 365, last: 100, next: -265 }, {}, fails(interval, '365 days'), aged(fails(recently, '100 days ago'))),
    secret(
      'prod/cron-quarter',
      { expression: 'cron(0 0 1 1/3 ? *)', days: 92, last: 30, next: -60 },
      {},
      aged(fails(interval, 'quarterly: 92 days')),
    ),
    secret(
      'prod/cron-halfyear',
      { expression: 'cron(0 4 1 JAN,JUL ? *)', last: 30, next: -150 },
      {},
      aged(fails(interval, 'twice a year, and no number of days')),
      aged(clean(enabled, 'an expression alone is a rotation, too')),
    ),
    secret('prod/overdue', { days: 30, last: 75, next: 45 }, {}, aged(fails(onSchedule, 'due 45 days ago')), clean(interval, '30 days')),
    secret(
      'prod/overdue-eu',
      { days: 30, last: 200, next: 170 },
      {},
      aged(fails(onSchedule, 'due 170 days ago')),
      aged(fails(recently, 'last rotated 200 days ago')),
    ),
    secret(
      'prod/pushed-on',
      { days: 30, last: 75, next: -10 },
      {},
      aged(fails(onSchedule, 'an edit pushed the next date on, after 75 days')),
    ),
    secret('prod/next-past', { days: 90, last: 30, next: 10 }, {}, aged(fails(onSchedule, 'AWS wanted to rotate it ten days ago'))),
    secret(
      'prod/stuck',
      { days: 30, last: 45, next: 15 },
      pending(45, 15),
      fails(notStuck, 'AWSPENDING on a version that is not current'),
      aged(fails(onSchedule, 'stuck, and so overdue')),
    ),
    secret('prod/stuck-fresh', { days: 30, last: 31, next: 1 }, pending(31, 1.5), fails(notStuck, 'pending for more than a day')),
    secret('prod/rotating-now', { days: 30, last: 30, next: 0 }, pending(30, 0.01), aged(clean(notStuck, 'began minutes ago'))),
    secret(
      'prod/never',
      { days: 30, next: 90 },
      { createdAt: ago(now, 120) },
      aged(fails(onSchedule, 'rotation on for 120 days, and it never happened')),
      aged(fails(recently, 'as old as the secret')),
      clean(enabled, 'it is on'),
    ),
    secret(
      'prod/function-gone',
      { days: 30, last: 5, next: -25 },
      {
        rotation: {
          days: 30,
          functionArn: functionArn(home, 'rotate-gone'),
          functionFault: 'missing',
          lastRotatedAt: ago(now, 5),
          nextRotationAt: ago(now, -25),
        },
      },
      aged(fails('secretsmanager-rotation-function-exists', 'the function is gone')),
      clean(enabled, 'it is on'),
    ),
    secret(
      'prod/db-single',
      undefined,
      {
        rotation: {
          days: 30,
          functionArn: functionArn(home, 'SecretsManagerRDSMySQLRotationSingleUser'),
          lastRotatedAt: ago(now, 5),
          nextRotationAt: ago(now, -25),
        },
      },
      fails('secretsmanager-rotation-uses-alternating-users', 'its function changes the password of the one user'),
    ),
    secret(
      'prod/db-alternating',
      undefined,
      {
        rotation: {
          days: 30,
          functionArn: functionArn(home, 'SecretsManagerRDSMySQLRotationMultiUser'),
          lastRotatedAt: ago(now, 5),
          nextRotationAt: ago(now, -25),
        },
      },
      flawless('its function has two users take turns'),
    ),
    ...['prod/api-key', 'prod/webhook', 'stage/db', 'dev/db'].map((name, i) =>
      secret(
        name,
        undefined,
        { createdAt: ago(now, 300 - i) },
        fails(enabled, 'no rotation'),
        aged(fails(recently, 'as old as the secret')),
        clean(interval, 'a matter of rotation-enabled'),
        clean(onSchedule, 'a matter of rotation-enabled'),
      ),
    ),
    secret('prod/new', undefined, { createdAt: ago(now, 5) }, fails(enabled, 'no rotation'), aged(clean(recently, 'only 5 days old'))),
    secret(
      'prod/empty',
      undefined,
      { versions: {} },
      fails(enabled, 'no rotation'),
      clean(recently, 'there is no value that could be old'),
    ),
    secret(
      'old/deleted',
      { days: 30, last: 100, next: 70 },
      { deletedAt: ago(now, -7) },
      flawless('scheduled for deletion: judged by nothing'),
    ),
    secret(
      'rds!db-EXAMPLE0-0000-4000-8000-00000000c0de',
      undefined,
      {
        owningService: 'rds',
        tags: { 'aws:secretsmanager:owningService': 'rds' },
        rotation: { days: 7, expression: 'rate(7 days)', lastRotatedAt: ago(now, 3), nextRotationAt: ago(now, -4) },
      },
      flawless('rotated by RDS, which needs no function'),
    ),
  ];
}
