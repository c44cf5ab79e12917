import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/model/unknown.ts';
import { judgePlan } from './judge-plan.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

interface Case {
  readonly type?: string;
  readonly argument?: string;
  /** The planned value; absent for one that apply will know, null for a write-only one. */
  readonly value?: string | null;
  readonly references: readonly string[];
  /** The expression in the code, if it is at hand. */
  readonly code?: string;
}

const provider_name = 'registry.terraform.io/hashicorp/aws';

function block(type: string, name: string, values: object, unknown: object, expressions: object): readonly [object, object] {
  const change = { actions: ['create'], before: null, after: values, after_unknown: unknown };
  return [
    { address: `${type}.${name}`, mode: 'managed', type, name, provider_name, change },
    { address: `${type}.${name}`, mode: 'managed', type, name, provider_config_key: 'aws', expressions, schema_version: 0 },
  ];
}

/** Each reference is followed by its prefix, as in a plan. */
function refer(...names: readonly string[]): object {
  return { references: names.flatMap((name) => [name, ...(/^(?:var|local)\./.test(name) ? [] : [name.replace(/\.\w+$/, '')])]) };
}

const variables =
  'variable "user" {}\nvariable "pw" { default = "fake-Default9" }\nvariable "eph" {\n  ephemeral = true\n  default = "fake-Default8"\n}\n';

async function judge({ type = 'aws_secretsmanager_secret_version', argument = 'secret_string', value, references, code }: Case): Promise<{
  readonly origin: string;
  readonly verdicts: { readonly [policy: string]: string };
}> {
  const planned = value === undefined ? {} : { [argument]: value };
  const unknown = value === undefined ? { [argument]: true } : {};
  const extra = type === 'aws_ssm_parameter' ? { name: '/db/password', type: 'SecureString' } : {};
  const isVersion = type === 'aws_secretsmanager_secret_version';
  const rows = [
    block('aws_secretsmanager_secret', 's', { name: 's' }, { id: true, arn: true }, { name: { constant_value: 's' } }),
    block('random_password', 'x', { length: 20 }, { result: true }, { length: { constant_value: 20 } }),
    block('random_password', 'y', { length: 20 }, { result: true }, { length: { constant_value: 20 } }),
    block('aws_db_instance', 'd', { identifier: 'd', manage_master_user_password: true }, { address: true }, {}),
    block(
      type,
      'it',
      { ...extra, ...planned },
      { ...unknown, ...(isVersion ? { secret_id: true } : {}) },
      {
        ...(isVersion ? { secret_id: refer('aws_secretsmanager_secret.s.id') } : {}),
        [argument]: refer(...references),
      },
    ),
  ];
  const root_module = {
    resources: rows.map(([, config]) => config),
    variables: { user: {}, given: {}, pw: { default: 'fake-Default9' }, eph: { default: 'fake-Default8' }, bare: {} },
  };
  const plan = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: {
      user: { value: 'orders-user' },
      given: { value: 'Given2zzValue' },
      pw: { value: 'fake-Default9' },
      eph: { value: 'fake-Default8' },
    },
    resource_changes: rows.map(([change]) => change),
    configuration: { root_module },
  };
  let sourceDir: string | undefined;
  if (code !== undefined) {
    sourceDir = mkdtempSync(join(tmpdir(), 'sealcheck-origin-'));
    folders.push(sourceDir);
    writeFileSync(
      join(sourceDir, 'main.tf'),
      `${variables}${code.includes('resource') ? code : `resource "${type}" "it" {\n  ${argument} = ${code}\n}\n`}`,
    );
  }
  const { scope, findings } = await judgePlan(plan, sourceDir === undefined ? {} : { sourceDir });
  const found = scope.resources.find(({ address }) => address === (isVersion ? 'aws_secretsmanager_secret.s' : `${type}.it`))
    ?.attributes as {
    readonly values?: readonly { readonly origin: unknown }[];
    readonly masterPassword?: { readonly origin: unknown };
    readonly value?: { readonly origin: unknown };
  };
  const origin = found.values?.[0]?.origin ?? found.masterPassword?.origin ?? found.value?.origin;
  const own = findings.filter(({ resource: { address } }) => address === (isVersion ? 'aws_secretsmanager_secret.s' : `${type}.it`));
  return {
    origin: origin instanceof Unknown ? 'unknown' : String(origin),
    verdicts: Object.fromEntries(own.map(({ policyId, status }) => [policyId, status])),
  };
}

const host = 'aws_db_instance.d.address';
const made = 'random_password.x.result';

describe('the origin of a value, by the plan alone', () => {
  it.each<[string, Case, string]>([
    ['one reference to a generated password', { references: [made] }, 'reference'],
    ['one reference to an address, which is no credential', { references: [host] }, 'unknown'],
    ['a generated password beside an address', { references: [made, host] }, 'unknown'],
    ['two generated passwords', { references: [made, 'random_password.y.result'] }, 'unknown'],
    ['a variable', { references: ['var.given'], value: 'Given2zzValue' }, 'variable'],
    [
      'a literal in a field beside a variable',
      { references: ['var.user'], value: '{"password":"Hunter2zz","user":"orders-user"}' },
      'literal',
    ],
    [
      'a variable in a field, and a user',
      { references: ['var.given'], value: '{"password":"Given2zzValue","user":"app2024"}' },
      'variable',
    ],
    [
      'a default in a field beside a variable',
      { references: ['var.user', 'var.pw'], value: '{"password":"fake-Default9","user":"orders-user"}' },
      'literal',
    ],
    [
      'two variables in fields',
      { references: ['var.user', 'var.given'], value: '{"password":"Given2zzValue","user":"orders-user"}' },
      'variable',
    ],
    ['a literal joined to a variable', { references: ['var.user'], value: 'Hunter2zz-orders-user' }, 'literal'],
    ['what may be a name, joined to a variable', { references: ['var.user'], value: 'orders2024-orders-user' }, 'unknown'],
    ['a word joined to a variable', { references: ['var.given'], value: 'Given2zzValue-suffix' }, 'variable'],
    ['one variable through a function', { references: ['var.given'], value: 'R2l2ZW4yenpWYWx1ZQ==' }, 'variable'],
    ['two variables through a function', { references: ['var.given', 'var.user'], value: 'R2l2ZW4yenpWYWx1ZQ==' }, 'unknown'],
    [
      'a password joined to a variable',
      { type: 'aws_db_instance', argument: 'password', references: ['var.user'], value: 'Hunter2zz-orders-user' },
      'literal',
    ],
    [
      'a parameter of which a literal is a part',
      { type: 'aws_ssm_parameter', argument: 'value', references: ['var.user'], value: 'Hunter2zz-orders-user' },
      'literal',
    ],
    ['a write-only default', { argument: 'secret_string_wo', references: ['var.pw'], value: null }, 'unknown'],
    ['a write-only variable that was given', { argument: 'secret_string_wo', references: ['var.given'], value: null }, 'variable'],
    [
      'a write-only ephemeral variable without a default',
      { argument: 'secret_string_wo', references: ['var.bare'], value: null },
      'variable',
    ],
    [
      'a write-only password of an ephemeral block',
      { type: 'aws_db_instance', argument: 'password_wo', references: ['ephemeral.random_password.x.result'], value: null },
      'reference',
    ],
  ])('%s: %s', async (_name, given, origin) => {
    expect((await judge(given)).origin).toBe(origin);
  });

  it('a value of unknown origin is in the state all the same', async () => {
    const { verdicts } = await judge({ references: [made, host] });
    expect(verdicts).toMatchObject({ 'secretsmanager-no-value-in-source': 'unknown', 'secretsmanager-value-not-in-state': 'fail' });
  });

  it('a password of unknown origin is not managed all the same', async () => {
    const { verdicts } = await judge({ type: 'aws_db_instance', argument: 'password', references: [made, host] });
    expect(verdicts).toMatchObject({ 'rds-no-plaintext-password': 'unknown', 'rds-managed-master-password': 'fail' });
  });
});

describe('the origin of a value, with the code', () => {
  it.each<[string, Case, string]>([
    [
      'a literal in a field beside an address',
      { references: [host], code: `jsonencode({ password = "Hunter2zz", host = ${host} })` },
      'literal',
    ],
    [
      'a generated password beside an address',
      { references: [made, host], code: `jsonencode({ password = ${made}, host = ${host} })` },
      'reference',
    ],
    ['a literal joined to an address', { references: [host], code: `"Hunter2zz-\${${host}}"` }, 'literal'],
    ['a literal joined by a function', { references: [host], code: `format("Hunter2zz-%s", ${host})` }, 'literal'],
    ['a literal joined in a field', { references: [host], code: `jsonencode({ password = "Hunter2zz-\${${host}}" })` }, 'literal'],
    [
      'a name joined in a field of no credential',
      { references: [made, host], code: `jsonencode({ password = ${made}, host = "Orders2024-\${${host}}" })` },
      'reference',
    ],
    ['a word joined to a generated password', { references: [made], code: `"\${${made}}-suffix"` }, 'reference'],
    [
      'a literal in a local value',
      {
        references: ['local.value'],
        code: `locals { value = jsonencode({ password = "Hunter2zz", host = ${host} }) }\nresource "aws_secretsmanager_secret_version" "it" {\n  secret_string = local.value\n}\n`,
      },
      'literal',
    ],
    [
      'two variables through a function',
      { references: ['var.given', 'var.user'], value: 'R2l2ZW4yenpWYWx1ZQ==', code: 'base64encode("${var.given}${var.user}")' },
      'variable',
    ],
    ['a write-only default', { argument: 'secret_string_wo', references: ['var.pw'], value: null, code: 'var.pw' }, 'literal'],
    [
      'a write-only ephemeral variable',
      { argument: 'secret_string_wo', references: ['var.eph'], value: null, code: 'var.eph' },
      'variable',
    ],
  ])('%s: %s', async (_name, given, origin) => {
    expect((await judge(given)).origin).toBe(origin);
  });
});
