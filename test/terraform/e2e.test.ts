import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { collect, judge, optionsFor } from '../moto/scan-account.ts';
import { judgePlan } from '../sources/terraform/judge-plan.ts';
import { describeWithMoto } from '../support/moto.ts';
import { describeWithTerraform } from '../support/terraform.ts';

type Status = Finding['status'];

const worst: readonly Status[] = ['fail', 'unknown', 'waived', 'pass', 'not_applicable'];

/** The worst verdict by policy, type and name: item keys hold hashes of ARNs, which a plan does not have yet. */
function verdicts(findings: readonly Finding[], rename: (name: string) => string = (name) => name): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    const key = [finding.policyId, finding.resource.type, rename(finding.resource.name)].join(' ');
    const before = found.get(key);
    if (before === undefined || worst.indexOf(finding.status) < worst.indexOf(before.status)) found.set(key, finding);
  }
  return found;
}

/** Where a plan and a live account need not agree, and why. */
const known: readonly { readonly key: RegExp; readonly why: string }[] = [
  {
    key: /^(ssm-parameter-no-value-in-source|secretsmanager-(no-value-in-source|value-not-in-state|recovery-window)) /,
    why: 'only code can tell',
  },
  { key: / AWS::Lambda::Function /, why: 'functions are not read live yet' },
];

interface Entry {
  readonly key: string;
  readonly before: Finding;
  readonly after: Finding | undefined;
}

describeWithTerraform('a plan, and the account that it makes', (terraform) => {
  describe('on moto', async () => {
    await describeWithMoto('with our own HCL', (moto) => {
      const folder = mkdtempSync(join(tmpdir(), 'sealcheck-e2e-'));
      let entries: readonly Entry[];
      let again: readonly Entry[];
      let alone: readonly Entry[];

      beforeAll(async () => {
        cpSync('test/fixtures/terraform/e2e', folder, { recursive: true });
        cpSync('test/fixtures/plans/acme/rotator.zip', join(folder, 'rotator.zip'));
        await terraform.run(folder, 'init', '-no-color');
        const plan = async (): Promise<unknown> => {
          await terraform.run(folder, 'plan', '-no-color', '-input=false', '-var', `endpoint=${moto.url}`, '-out=plan.bin');
          return JSON.parse(await terraform.run(folder, 'show', '-json', 'plan.bin'));
        };
        const first = await plan();
        const planned = await judgePlan(first, { sourceDir: folder });
        const bare = await judgePlan(first);
        await terraform.run(folder, 'apply', '-no-color', '-input=false', 'plan.bin');
        const state = JSON.parse(await terraform.run(folder, 'show', '-json')) as State;
        const collection = await collect(optionsFor(moto.url, { regions: ['us-east-1'] }));
        const live = verdicts(judge(collection, Date.now()).findings);
        const ids = new Map(state.values.root_module.resources.map(({ address, values }) => [address, values.key_id ?? '']));
        const rename = (name: string): string => (name.startsWith('aws_kms_key.') ? (ids.get(name) ?? name) : name);
        const compare = (findings: readonly Finding[]): readonly Entry[] =>
          [...verdicts(findings, rename)].map(([key, before]) => ({ key, before, after: live.get(key) }));
        entries = compare(planned.findings);
        alone = compare(bare.findings);
        again = compare((await judgePlan(await plan(), { sourceDir: folder })).findings);
      }, 280_000);
      afterAll(() => rmSync(folder, { recursive: true, force: true }));

      const inBoth = (list: readonly Entry[]): readonly Entry[] =>
        list.filter(({ key, before }) => !known.some((one) => one.key.test(key)) && !onlyLive(before));

      it('judges every resource of the plan in the account too', () => {
        expect(
          inBoth(entries)
            .filter(({ after }) => after === undefined)
            .map(({ key }) => key),
        ).toEqual([]);
        expect(inBoth(entries).length).toBeGreaterThan(40);
      });

      it('gives the verdicts of the plan again once it is applied', () => {
        const changed = inBoth(entries).filter(({ before, after }) => before.status !== 'unknown' && before.status !== after?.status);
        expect(changed.map(show)).toEqual([]);
      });

      it('decides what the plan could not', () => {
        const open = inBoth(alone).filter(({ before }) => before.status === 'unknown');
        expect(open.length).toBeGreaterThan(0);
        expect(open.filter(({ after }) => after?.status === 'unknown').map(show)).toEqual([]);
      });

      it('is never surer without the code, and never says otherwise', () => {
        const changed = inBoth(alone).filter(({ before, after }) => before.status !== 'unknown' && before.status !== after?.status);
        expect(changed.map(show)).toEqual([]);
      });

      it('gives them once more of a plan without changes', () => {
        const changed = inBoth(again).filter(({ before, after }) => before.status !== after?.status);
        expect(changed.map(show)).toEqual([]);
        expect(again.map(({ before }) => before.resource.change).filter((change) => change !== 'none')).toEqual([]);
      });
    });
  });
});

interface State {
  readonly values: {
    readonly root_module: { readonly resources: readonly { readonly address: string; readonly values: { readonly key_id?: string } }[] };
  };
}

function onlyLive(finding: Finding): boolean {
  return finding.status === 'not_applicable' && finding.reason === 'only known in a live account';
}

function show({ key, before, after }: Entry): string {
  const text = (finding: Finding | undefined): string =>
    finding === undefined
      ? 'missing'
      : `${finding.status} ${'message' in finding ? finding.message : 'reason' in finding ? finding.reason : ''}`;
  return `${key}: ${text(before)} -> ${text(after)}`;
}
