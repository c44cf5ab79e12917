import { CreateAccessKeyCommand } from '@aws-sdk/client-iam';
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { allow, deny, policyDocument, readSecretAction } from '../../src/endpoint/policy-document.ts';
import type { RunState } from '../../src/model/run-state.ts';
import type { Message } from '../../src/notify/message.ts';
import { openMoto } from '../moto/seed/moto-clients.ts';
import { seedMoto } from '../moto/seed/seed.ts';
import { checkGithubProfile } from '../reporters/github-sarif.ts';
import { startReceiver } from '../notify/receiver.ts';
import { describeWithMoto } from '../support/moto.ts';
import { runCli } from '../support/run-cli.ts';
import { crashJob, isOpen, readState, runJob, verdictOn, type Credentials, type JobRun } from './daily-job.ts';

const id = '123456789012';
const region = 'us-east-1';
const everybody = policyDocument({ Effect: 'Allow', Principal: '*', Action: readSecretAction, Resource: '*' });

const account: AccountFixture = {
  id,
  regions: { [region]: { secrets: [{ name: 'app/plain' }, { name: 'app/open', policy: everybody }] } },
  iam: {
    users: [
      { name: 'admin', inline: { own: policyDocument(allow('*')) } },
      { name: 'no-list', inline: { own: policyDocument(allow('*'), deny('secretsmanager:ListSecrets')) } },
      { name: 'no-policy', inline: { own: policyDocument(allow('*'), deny('secretsmanager:GetResourcePolicy')) } },
    ],
  },
};

const rotates = 'secretsmanager-rotation-enabled';
const isPrivate = 'secretsmanager-no-public-access';
const start = Date.now() + 3_600_000;
const dayOf = (day: number): string => new Date(start + day * 86_400_000).toISOString();

/**
 * A week of the scheduled job on moto, as the built command in processes of its own: what changes, what is denied on two days, a run that
 * is killed on one. Time is that of --as-of.
 */
await describeWithMoto('seven days of the scheduled job', (moto) => {
  const keys = new Map<string, Credentials>();
  const days = new Map<number, JobRun>();
  const told = new Map<number, Message | undefined>();
  const state = mkdtempSync(join(tmpdir(), 'sealcheck-state-'));
  afterAll(() => rmSync(state, { recursive: true, force: true }));

  const as = (user: string): Credentials => {
    const credentials = keys.get(user);
    if (credentials === undefined) throw new Error(`no user ${user}`);
    return credentials;
  };
  const day = (number: number): JobRun => {
    const run = days.get(number);
    if (run === undefined) throw new Error(`nothing was kept on day ${number}`);
    return run;
  };

  beforeAll(async () => {
    await seedMoto(moto.url, [account]);
    const setUp = await openMoto(moto.url, id, region);
    for (const { name } of account.iam?.users ?? []) {
      const { AccessKey } = await setUp.iam.send(new CreateAccessKeyCommand({ UserName: name }));
      keys.set(name, { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' });
    }
    setUp.close();
    await moto.enforceIam();
  }, 120_000);

  it('runs every day, but for the one on which it is killed', { timeout: 300_000 }, async () => {
    const secrets = new SecretsManagerClient({ endpoint: moto.url, region, credentials: as('admin'), maxAttempts: 1 });
    const webhook = await startReceiver({ status: 200 });
    const env = { SEALCHECK_WEBHOOK_URL: webhook.url, SEALCHECK_WEBHOOK_SECRET: 'FAKE-SECRET-OF-A-TEST-0123456789' };
    const notify = async (): Promise<Message | undefined> => {
      const before = webhook.received.length;
      const run = await runCli(['notify', '--state-dir', state], { env });
      expect(run.code).toBe(0);
      const [heard, ...more] = webhook.received.slice(before);
      expect(more).toEqual([]);
      return heard && (JSON.parse(heard.body) as Message);
    };
    const job = async (number: number, user: string): Promise<void> => {
      days.set(number, await runJob({ url: moto.url, credentials: as(user), state, asOf: dayOf(number) }));
      told.set(number, await notify());
      // Nobody is told twice.
      expect(await notify()).toBeUndefined();
    };

    await job(1, 'admin');
    await secrets.send(new CreateSecretCommand({ Name: 'app/second', SecretString: 'FAKE' }));
    await job(2, 'admin');
    await job(3, 'no-list');
    await crashJob({ url: moto.url, credentials: as('admin'), state, asOf: dayOf(4) }, 'SECRETS_MANAGER');
    await secrets.send(new DeleteResourcePolicyCommand({ SecretId: 'app/open' }));
    await job(5, 'admin');
    await secrets.send(new DeleteSecretCommand({ SecretId: 'app/second', ForceDeleteWithoutRecovery: true }));
    await job(6, 'no-policy');
    await secrets.send(new PutResourcePolicyCommand({ SecretId: 'app/open', ResourcePolicy: JSON.stringify(everybody) }));
    await job(7, 'admin');
    secrets.destroy();

    // 3 where part was denied and nothing new fails is not reached here: users with all rights fail policies of IAM every day.
    expect([...days].map(([number, { code }]) => [number, code])).toEqual([1, 2, 3, 5, 6, 7].map((number) => [number, 1]));
  });

  it('keeps six runs, each as it was reported', async () => {
    const { runs } = await readState(state);
    expect(runs.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(runs.map(({ result }) => result)).toEqual([...days.values()].map(({ result }) => result));
    expect(runs.map(({ result }) => result.run.asOf)).toEqual([1, 2, 3, 5, 6, 7].map(dayOf));
  });

  it('tells of each finding what became of it', () => {
    const story = (policyId: string, name: string): readonly string[] =>
      [1, 2, 3, 5, 6, 7].map((number) => verdictOn(day(number).result, policyId, name));
    expect({
      'app/plain rotates': story(rotates, 'app/plain'),
      'app/second rotates': story(rotates, 'app/second'),
      'app/open is private': story(isPrivate, 'app/open'),
      'app/plain is private': story(isPrivate, 'app/plain'),
    }).toEqual({
      'app/plain rotates': ['fail new', 'fail persisting', 'unknown unverified', 'fail persisting', 'fail persisting', 'fail persisting'],
      'app/second rotates': ['nothing', 'fail new', 'unknown unverified', 'fail persisting', 'nothing', 'nothing'],
      'app/open is private': ['fail new', 'fail persisting', 'unknown unverified', 'not_applicable', 'unknown new', 'fail reopened'],
      'app/plain is private': ['not_applicable', 'not_applicable', 'nothing', 'not_applicable', 'unknown new', 'not_applicable'],
    });
  });

  it('closes nothing but what was seen to be mended or gone', () => {
    const fixed = [1, 2, 3, 5, 6, 7].map((number) =>
      (day(number).result.run.baseline?.fixed ?? [])
        .map(({ policyId, name }) => `${policyId} ${name}`)
        .filter((text) => text.includes('app/')),
    );
    expect(fixed.slice(0, 3)).toEqual([[], [], []]);
    expect(fixed[3]).toEqual([`${isPrivate} app/open`]);
    expect(fixed[4]).toContain(`${rotates} app/second`);
    expect(fixed[4]?.filter((text) => !text.endsWith('app/second'))).toEqual([]);
  });

  it('every account of what changed adds up', async () => {
    const { runs, history } = await readState(state);
    const openOf = ({ result }: RunState): number => result.findings.filter(isOpen).length;
    expect(history).toEqual(
      runs.map(({ sequence, result: { run, summary } }) => ({
        runId: run.id,
        asOf: run.asOf,
        sequence,
        outcome: run.outcome,
        findings: summary.findings,
        bySeverity: summary.bySeverity,
        ...(run.baseline === undefined
          ? {}
          : {
              changes: {
                new: run.baseline.new,
                reopened: run.baseline.reopened,
                fixed: run.baseline.fixed.length,
                unverified: run.baseline.unverified,
              },
            }),
      })),
    );
    for (const [index, current] of runs.entries()) {
      const { baseline } = current.result.run;
      expect(current.result.summary.findings.fail + current.result.summary.findings.unknown).toBe(openOf(current));
      const before = runs[index - 1];
      if (before === undefined || baseline === undefined) continue;
      expect(baseline.runId).toBe(before.result.run.id);
      expect(baseline.new + baseline.reopened + baseline.persisting + baseline.unverified).toBe(openOf(current));
      const known = before.notJudged.length + openOf(before);
      expect(openOf(current) - baseline.new - baseline.reopened + baseline.fixed.length + baseline.notJudged).toBe(known);
    }
  });

  it('SARIF of every day is one that GitHub takes, and no alert is missing from it on the days of denial', () => {
    const identities = (number: number): readonly string[] =>
      day(number).sarif.runs.flatMap(({ results }) => results.map(({ partialFingerprints }) => partialFingerprints['sealcheck/v1'] ?? ''));
    for (const number of [1, 2, 3, 5, 6, 7]) {
      expect(checkGithubProfile(day(number).sarif)).toEqual([]);
      expect(day(number).sarif.runs).toHaveLength(1);
    }
    expect(identities(2).filter((identity) => !identities(3).includes(identity))).toEqual([]);
    expect(day(3).stderr).toMatch(/account 123456789012 could not be read as a whole: what was open since .* is written again/);
    const alert = day(3).sarif.runs[0]?.results.find(({ ruleId, message }) => ruleId === rotates && message.text.endsWith('app/plain'));
    expect(alert).toMatchObject({ level: 'note', baselineState: 'unchanged', properties: { status: 'unknown', state: 'unverified' } });
  });

  it('the pages for people say it', () => {
    const words = (number: number): string => `${day(number).html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')}${day(number).markdown}`;
    expect(words(1).includes('it is the first one that is kept')).toBe(true);
    expect(words(3).includes('Failed before, not verified now')).toBe(true);
    expect(words(3).includes('failed before and could not be verified')).toBe(true);
    expect(/<summary>\d+ fixed findings?<\/summary>/.test(words(5))).toBe(true);
    expect(words(7).includes('Came back')).toBe(true);
    expect(words(7).includes('The last 6 runs.')).toBe(true);
  });

  it('the webhook is told of each change, once', () => {
    const named = (number: number, part: 'new' | 'reopened' | 'fixed' | 'unverified'): readonly string[] => {
      const message = told.get(number);
      if (message === undefined) return ['no message'];
      return message.changes[part].first.map(({ policyId, name }) => `${policyId} ${name}`).filter((text) => text.includes('app/'));
    };
    expect(told.get(1)?.kind).toBe('summary');
    expect(named(2, 'new')).toContain(`${rotates} app/second`);
    expect(named(3, 'unverified')).toContain(`${isPrivate} app/open`);
    expect(named(3, 'fixed')).toEqual([]);
    expect(named(5, 'fixed')).toEqual([`${isPrivate} app/open`]);
    expect(named(6, 'fixed')).toContain(`${rotates} app/second`);
    expect(named(7, 'reopened')).toEqual([`${isPrivate} app/open`]);
  });

  it('diff tells the week from its first day to its last', async () => {
    const run = await runCli(['diff', '--state-dir', state, '--from', '1', '-f', 'json']);
    expect(run.code).toBe(0);
    const delta = JSON.parse(run.stdout) as { readonly [group: string]: readonly { readonly policyId: string; readonly name: string }[] };
    const named = (group: string): readonly string[] =>
      (delta[group] ?? []).map(({ policyId, name }) => `${policyId} ${name}`).filter((text) => text.includes('app/'));
    expect([named('new'), named('reopened'), named('unverified'), named('fixed')]).toEqual([[], [], [], []]);
    const denied = await runCli(['diff', '--state-dir', state, '--from', '2', '--to', '3']);
    expect(denied.stdout).toMatch(/failed before, not verified now \(\d+\)/);
    expect(denied.stdout).toMatch(/could not be read: secretsmanager:ListSecrets access denied in aws\/123456789012\/us-east-1/);
    expect(denied.stdout).toContain(' 0 fixed ');
    const back = await runCli(['diff', '--state-dir', state]);
    expect(back.stdout).toMatch(/came back \(1\)\n\s+critical\s+secretsmanager-no-public-access\s+app\/open/);
  });
});
