import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { policyDocument } from '../../src/endpoint/policy-document.ts';
import type { ScopeModel } from '../../src/model/resource.ts';
import { collect, optionsFor } from '../moto/scan-account.ts';
import { openMoto, type MotoSettings } from '../moto/seed/moto-clients.ts';
import { createBucket } from '../moto/seed/seed-audit.ts';
import { seedMoto } from '../moto/seed/seed.ts';
import { describeWithMoto } from '../support/moto.ts';
import { describeWithTerraform } from '../support/terraform.ts';
import { deployTemplate } from './deploy-template.ts';
import { callingMoto, requiredProviders } from './moto-provider.ts';
import { remediesIn, verdictsOf, type Remedy } from './remedies.ts';

// Of what nobody watches over no code can tell, since a trail or a rule may come from elsewhere: policies of accounts leave code out of their
// sources, so their snippets are deployed to moto, and the account is scanned.
const template = remediesIn('cloudformation').inAccount;
const code = remediesIn('terraform').inAccount;

const region = 'us-east-1';
const accounts = {
  cloudformation: { fault: '111111111111', mended: '222222222222' },
  terraform: { fault: '333333333333', mended: '444444444444' },
} as const;

/** What is there before: a secret that rotates. The trail, which rules have their events from, is that of one of the snippets. */
function surroundings(id: string): AccountFixture {
  const rotation = { functionArn: `arn:aws:lambda:${region}:${id}:function:rotate`, days: 30 };
  const trust = policyDocument({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const iam = { roles: [{ name: 'lambda-exec', trust }] };
  return { id, iam, regions: { [region]: { secrets: [{ name: 'example/db', rotation }] } } };
}

await describeWithMoto('a snippet of a policy that judges accounts alone mends the fault, deployed to moto', (moto) => {
  const settings = new Map<string, MotoSettings>();

  beforeAll(async () => {
    const ids = Object.values(accounts).flatMap(({ fault, mended }) => [fault, mended]);
    await seedMoto(moto.url, ids.map(surroundings));
    for (const id of ids) {
      const clients = await openMoto(moto.url, id, region);
      settings.set(id, clients.settings);
      clients.close();
      await createBucket(clients.settings, 'example-cloudtrail-logs');
    }
  }, 120_000);

  const settingsOf = (id: string): MotoSettings => {
    const found = settings.get(id);
    if (found === undefined) throw new Error(`no account ${id}`);
    return found;
  };

  const scanned = async (id: string): Promise<ScopeModel> => {
    const { scopes } = await collect(optionsFor(moto.url, { regions: [region], credentials: settingsOf(id).credentials }));
    const found = scopes.find(({ scope }) => scope.region === region);
    if (found === undefined) throw new Error(`nothing of ${region} was read`);
    return found;
  };

  function judged(remedies: readonly Remedy[], { fault, mended }: { readonly fault: string; readonly mended: string }): void {
    let before: ScopeModel;
    let after: ScopeModel;
    beforeAll(async () => {
      before = await scanned(fault);
      after = await scanned(mended);
    }, 60_000);
    it.each(remedies)('$id', (remedy) => {
      expect(verdictsOf(before, remedy)).toEqual([expect.stringMatching(/^fail: /)]);
      expect(verdictsOf(after, remedy)).toEqual(['pass']);
    });
  }

  describe('CloudFormation', () => {
    const { fault, mended } = accounts.cloudformation;
    beforeAll(async () => {
      for (const { id, before, after } of template) {
        await deployTemplate(settingsOf(fault), fault, id, before);
        await deployTemplate(settingsOf(mended), mended, id, after);
      }
    }, 60_000);
    judged(template, accounts.cloudformation);
  });

  describeWithTerraform('Terraform', (terraform) => {
    const folder = mkdtempSync(join(tmpdir(), 'sealcheck-remediations-'));
    beforeAll(async () => {
      write(folder, moto.url, settingsOf);
      await terraform.run(folder, 'init', '-no-color');
      await terraform.run(folder, 'apply', '-no-color', '-input=false', '-auto-approve');
    }, 500_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    judged(code, accounts.terraform);
  });
});

/** Each fixture at fault and mended, in an account for all at fault and one for all that are mended. */
function write(folder: string, url: string, settingsOf: (id: string) => MotoSettings): void {
  const states = [
    { state: 'fault', account: accounts.terraform.fault, textOf: ({ before }: Remedy) => before },
    { state: 'mended', account: accounts.terraform.mended, textOf: ({ after }: Remedy) => after },
  ];
  const parts = states.flatMap(({ state, account, textOf }) => [
    `provider "aws" {\n  alias  = "${state}"\n  region = "${region}"\n${callingMoto(url, settingsOf(account).credentials)}}\n`,
    ...code.map((remedy) => {
      const name = `${state}_${remedy.id}`;
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'main.tf'), textOf(remedy));
      return `module "${name}" {\n  source    = "./${name}"\n  providers = { aws = aws.${state} }\n}\n`;
    }),
  ]);
  writeFileSync(join(folder, 'main.tf'), [requiredProviders, ...parts].join('\n'));
}
