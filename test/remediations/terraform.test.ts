import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScopeModel } from '../../src/model/resource.ts';
import { judgePlan } from '../sources/terraform/judge-plan.ts';
import { describeWithMoto, type Moto } from '../support/moto.ts';
import { describeWithTerraform } from '../support/terraform.ts';
import { callingMoto, requiredProviders } from './moto-provider.ts';
import { remediesIn, verdictsOf } from './remedies.ts';

const { inCode, missing, left } = remediesIn('terraform');

it('each Terraform snippet has a fixture in test/fixtures/remediations, and each fixture a snippet', () => {
  expect({ missing, left }).toEqual({ missing: [], left: [] });
});

/** Every fixture as it is at fault and mended, each a module of one plan: to start Terraform is what takes long. */
const modules = inCode.flatMap(({ id, before, after }) => [
  { name: `fault_${id}`, text: before },
  { name: `mended_${id}`, text: after },
]);

describeWithTerraform('a Terraform snippet mends the fault', (terraform) => {
  describe('in a plan', async () => {
    await describeWithMoto('against moto', (moto) => {
      const folder = mkdtempSync(join(tmpdir(), 'sealcheck-remediations-'));
      let scope: ScopeModel;

      beforeAll(async () => {
        await prepare(moto);
        write(folder, moto);
        await terraform.run(folder, 'init', '-no-color');
        await terraform.run(folder, 'validate', '-no-color');
        await terraform.run(folder, 'plan', '-no-color', '-input=false', '-out=plan.bin');
        const plan: unknown = JSON.parse(await terraform.run(folder, 'show', '-json', 'plan.bin'));
        ({ scope } = await judgePlan(plan, { sourceDir: folder }));
      }, 500_000);
      afterAll(() => rmSync(folder, { recursive: true, force: true }));

      it.each(inCode)('$id', (remedy) => {
        expect(verdictsOf(scope, remedy, `module.fault_${remedy.id}.`)).toContainEqual(expect.stringMatching(/^fail: /));
        expect([...new Set(verdictsOf(scope, remedy, `module.mended_${remedy.id}.`))]).toEqual(remedy.gone ? [] : ['pass']);
      });
    });
  });
});

const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };

/** What the snippets look up, since it is there already where they are pasted. */
async function prepare({ url }: Moto): Promise<void> {
  const options = { region: 'us-east-1', endpoint: url, credentials };
  const iam = new IAMClient(options);
  for (const name of ['example', 'example-build', 'example-execution'])
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }));
  await new SecretsManagerClient(options).send(new CreateSecretCommand({ Name: 'example/db', SecretString: '{}' }));
}

function write(folder: string, { url }: Moto): void {
  const calls = modules.map(({ name, text }) => {
    mkdirSync(join(folder, name));
    writeFileSync(
      join(folder, name, 'main.tf'),
      text.replace(/^provider "aws" \{\n/gm, (line) => `${line}${callingMoto(url, credentials)}`),
    );
    const inputs = [...text.matchAll(/^variable "(\w+)"/gm)].map(([, variable]) => `  ${variable} = var.credential\n`);
    return `module "${name}" {\n  source = "./${name}"\n${inputs.join('')}}\n`;
  });
  writeFileSync(
    join(folder, 'main.tf'),
    `${root}\nprovider "aws" {\n  region = "us-east-1"\n${callingMoto(url, credentials)}}\n\n${calls.join('\n')}`,
  );
  cpSync('test/fixtures/plans/acme/rotator.zip', join(folder, 'example.zip'));
}

const root = `${requiredProviders}
variable "credential" {
  type      = string
  default   = "given-from-outside"
  ephemeral = true
}
`;
