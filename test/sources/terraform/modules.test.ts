import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme, judgePlan, readPlanFile } from './judge-plan.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealcheck-modules-'));
  cpSync(acme, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const slowTenant = 'module.tenant["beta.co/eu"].aws_secretsmanager_secret.this';

async function placeOf(json: unknown): Promise<string | undefined> {
  const { findings } = await judgePlan(json, { sourceDir: folder });
  const found = findings.find(
    ({ policyId, status, resource }) =>
      policyId === 'secretsmanager-rotation-interval' && status === 'fail' && resource.address === slowTenant,
  );
  const { location } = found ?? {};
  return location && `${location.file.slice(folder.length + 1)}:${location.startLine} ${location.address ?? ''}`;
}

describe('a finding in a module', () => {
  const block = 'module.tenant["beta.co/eu"].aws_secretsmanager_secret_rotation.this[0]';

  it('of the checkout points into it', async () => {
    expect(await placeOf(readPlanFile('acme/first-plan.json'))).toBe(`modules/secret/main.tf:26 ${block}`);
  });

  it('that was downloaded points to its call, which people can edit', async () => {
    mkdirSync(join(folder, '.terraform/modules'), { recursive: true });
    renameSync(join(folder, 'modules/secret'), join(folder, '.terraform/modules/tenant'));
    writeFileSync(
      join(folder, '.terraform/modules/modules.json'),
      JSON.stringify({
        Modules: [
          { Key: '', Source: '', Dir: '.' },
          { Key: 'tenant', Source: 'registry.example/acme/secret/aws', Dir: '.terraform/modules/tenant' },
        ],
      }),
    );
    const json = readPlanFile('acme/first-plan.json') as {
      configuration: { root_module: { module_calls: { tenant: { source: string } } } };
    };
    json.configuration.root_module.module_calls.tenant.source = 'registry.example/acme/secret/aws';
    expect(await placeOf(json)).toBe(`modules.tf:1 ${block}`);
  });

  it('whose files are gone points to its call too', async () => {
    rmSync(join(folder, 'modules'), { recursive: true });
    expect(await placeOf(readPlanFile('acme/first-plan.json'))).toBe(`modules.tf:1 ${block}`);
  });
});

describe('files that are not what the plan was made of', () => {
  it('that are broken leave the verdicts as they are without them', async () => {
    writeFileSync(join(folder, 'secrets.tf'), 'resource "aws_secretsmanager_secret" "slow" {\n  name = "unterminated\n');
    const json = readPlanFile('acme/first-plan.json');
    const alone = await judgePlan(json);
    const broken = await judgePlan(json, { sourceDir: folder });
    const fails = ({ findings }: typeof alone): readonly string[] =>
      findings.filter(({ status, policyId }) => status === 'fail' && policyId === 'secretsmanager-rotation-enabled').map(({ id }) => id);
    expect(fails(broken)).toEqual(fails(alone));
  });

  it('that say otherwise do not overrule what the plan knows', async () => {
    writeFileSync(join(folder, 'kms.tf'), 'resource "aws_kms_key" "legacy" {\n  enable_key_rotation = true\n}\n');
    const { findings } = await judgePlan(readPlanFile('acme/first-plan.json'), { sourceDir: folder });
    expect(
      findings
        .filter(({ policyId, resource }) => policyId === 'kms-key-rotates' && resource.address === 'aws_kms_key.legacy')
        .map(({ status }) => status),
    ).toEqual(['fail']);
  });

  it('in the JSON form are read as well', async () => {
    rmSync(join(folder, 'kms.tf'));
    writeFileSync(
      join(folder, 'kms.tf.json'),
      JSON.stringify({ resource: { aws_kms_key: { legacy: { description: 'legacy', enable_key_rotation: false } } } }, null, 2),
    );
    const { findings } = await judgePlan(readPlanFile('acme/first-plan.json'), { sourceDir: folder });
    const found = findings.find(
      ({ policyId, status, resource }) => policyId === 'kms-key-rotates' && status === 'fail' && resource.address === 'aws_kms_key.legacy',
    );
    expect(found?.location).toMatchObject({ file: join(folder, 'kms.tf.json'), startLine: 6 });
  });
});
