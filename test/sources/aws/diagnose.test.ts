import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../../src/endpoint/fault.ts';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import { sampleAccounts } from '../../../src/endpoint/sample-account.ts';
import { resourceTypes } from '../../../src/resources/index.ts';
import { diagnoseAws, requiredActions, type Diagnosis } from '../../../src/sources/aws/index.ts';
import { fastTuning, never } from './fake-time.ts';

const now = Date.UTC(2026, 10, 20);
const flags = { inspectValues: true, allKeys: true };
const needs = new Map(resourceTypes.map(({ name }) => [name, new Set([''])]));

async function diagnose(
  faults: readonly Fault[],
  region = 'us-east-1',
): Promise<{ diagnosis: Diagnosis; calls: Readonly<Record<string, number>> }> {
  const [account, ...others] = sampleAccounts(now);
  if (account === undefined) throw new Error('no sample account');
  const emptyRegion = { ...account, regions: { ...account.regions, 'eu-north-1': {} } };
  const endpoint = await startEndpoint({ accounts: [emptyRegion, ...others], faults, clock: () => now });
  onTestFinished(() => endpoint.close());
  const diagnosis = await diagnoseAws(
    {
      ...flags,
      regions: [region],
      roleArns: [],
      withCaller: false,
      endpoint: endpoint.url,
      credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE' },
    },
    { needs, now, signal: never, onProgress: () => undefined, tuning: fastTuning({ wallClock: () => now }) },
  );
  return { diagnosis, calls: endpoint.calls() };
}

describe('diagnoseAws', () => {
  it('asks one cheap question for each action that a scan needs', async () => {
    const { diagnosis, calls } = await diagnose([]);
    expect(diagnosis.accounts).toMatchObject([
      { account: '123456789012', regions: { lookedAt: ['us-east-1'], enabled: ['eu-north-1', 'eu-west-1', 'us-east-1'] } },
    ]);
    const actions = diagnosis.accounts[0]?.actions ?? [];
    expect(actions.map(({ action }) => action)).toEqual(requiredActions(needs, flags));
    expect(actions.filter(({ state, action }) => state !== 'works' && action !== 'iam:ListPolicyTags')).toEqual([]);
    expect(Object.values(calls).every((count) => count === 1)).toBe(true);
  });

  it('tells what is denied, and what to do about it', async () => {
    const { diagnosis } = await diagnose([{ operation: 'secretsmanager:GetResourcePolicy', kind: 'deny' }]);
    const action = diagnosis.accounts[0]?.actions.find((candidate) => candidate.action === 'secretsmanager:GetResourcePolicy');
    expect(action).toMatchObject({
      state: 'denied',
      region: 'us-east-1',
      detail: 'AccessDeniedException on secretsmanager:GetResourcePolicy',
      hint: expect.stringContaining('Grant secretsmanager:GetResourcePolicy to arn:aws:iam::123456789012:user/security-auditor') as unknown,
    });
  });

  it('says when there is nothing to try an action on', async () => {
    const { diagnosis } = await diagnose([], 'eu-north-1');
    const action = diagnosis.accounts[0]?.actions.find((candidate) => candidate.action === 'secretsmanager:GetResourcePolicy');
    expect(action).toMatchObject({ state: 'untested', detail: 'no secret' });
  });
});
