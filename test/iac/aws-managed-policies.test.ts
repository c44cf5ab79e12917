import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, it, describe } from 'vitest';
import { findAwsManagedPolicy, knownAwsManagedPolicies } from '../../src/iac/aws-managed-policies.ts';
import { actionMatches } from '../../src/resources/iam-matching.ts';
import { findMoto } from '../support/find-moto.ts';

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

/** What the pack asks about. */
const asked = [
  'secretsmanager:getsecretvalue',
  'secretsmanager:putsecretvalue',
  'secretsmanager:putresourcepolicy',
  'secretsmanager:deletesecret',
  'secretsmanager:createsecret',
  'secretsmanager:probeofthewildcard',
  'ssm:getparameter',
  'ssm:getparameters',
  'ssm:getparameterhistory',
  'ssm:getparametersbypath',
  'kms:decrypt',
  'kms:reencryptfrom',
];

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** The statements as sets of what they grant of that; the others left out. */
function grantsOf(statements: readonly Statement[]): readonly string[] {
  return statements
    .map(({ Effect, Action, NotAction, Resource, Condition }) => {
      const granted = asked.filter((action) => listOf(Action).some((pattern) => actionMatches(pattern, action)));
      return JSON.stringify([Effect, NotAction ?? granted, listOf(Resource), Condition ?? null]);
    })
    .filter((text) => !text.startsWith('["Allow",[],'))
    .sort();
}

const found = await findMoto();

// moto carries the policies as AWS publishes them.
describe.skipIf('missing' in found && process.env['CI'] !== 'true')('the AWS managed policies that we know', () => {
  let published: {
    readonly [name: string]: { readonly Path: string; readonly Document: { readonly Statement: Statement | readonly Statement[] } };
  };

  beforeAll(async () => {
    if ('missing' in found) throw new Error(found.missing);
    const { stdout } = await promisify(execFile)(
      found.python,
      ['-c', 'from moto.iam.aws_managed_policies import aws_managed_policies_data as d; print(d)'],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    published = JSON.parse(stdout) as typeof published;
  });

  it.each(knownAwsManagedPolicies.map((name) => [name]))('%s', (name) => {
    const own = findAwsManagedPolicy(`arn:aws:iam::aws:policy/${name}`) as { readonly Statement: readonly Statement[] } | undefined;
    const there = published[name.slice(name.lastIndexOf('/') + 1)];
    expect(there).toBeDefined();
    expect(`${there?.Path.slice(1) ?? ''}${name.slice(name.lastIndexOf('/') + 1)}`).toBe(name);
    expect(grantsOf(own?.Statement ?? [])).toEqual(grantsOf(listOf(there?.Document.Statement)));
  });
});

it('are told by their whole ARN', () => {
  expect(findAwsManagedPolicy('arn:aws:iam::aws:policy/AdministratorAccess')).toBeDefined();
  expect(findAwsManagedPolicy('arn:aws-cn:iam::aws:policy/AdministratorAccess')).toBeDefined();
  expect(findAwsManagedPolicy('arn:aws:iam::123456789012:policy/AdministratorAccess')).toBeUndefined();
  expect(findAwsManagedPolicy('arn:aws:iam::aws:policy/aws-service-role/AdministratorAccess')).toBeUndefined();
  expect(findAwsManagedPolicy('AdministratorAccess')).toBeUndefined();
});
