import type { PolicyDocument } from '../../../src/endpoint/policy-document-text.ts';
import type { GroupFixture, IamFixture, ManagedPolicyFixture, RoleFixture, UserFixture } from '../../../src/endpoint/iam-fixture.ts';
import { allow, deny, policyDocument, trustService } from '../../../src/endpoint/policy-document.ts';
import { clean, fails, flawless, type Verdict } from './planted.ts';
import { home, keyArn, parameterArn, rootOf, secretArn, vendorId } from './words.ts';

const wildcard = 'iam-no-secretsmanager-wildcard';
const secretOnAll = 'iam-no-secret-read-on-all';
const parameterOnAll = 'iam-no-parameter-read-on-all';
const decryptOnAll = 'iam-no-kms-decrypt-on-all';
const notAction = 'iam-no-allow-not-action-on-secrets';
const policyOnAll = 'iam-no-secret-policy-change-on-all';
const usersRead = 'iam-users-read-no-secrets';
const trustConditions = 'iam-secret-readers-trust-conditions';

const read = 'secretsmanager:GetSecretValue';
const everything = policyDocument(allow('secretsmanager:*'));

/** An IAM entity and what must be found of it. */
export interface DescribedIam<Fixture> {
  readonly fixture: Fixture;
  readonly verdicts: readonly Verdict[];
}

/** The same lists as in an IamFixture. */
export interface AcmeIam {
  readonly users: readonly DescribedIam<UserFixture>[];
  readonly groups: readonly DescribedIam<GroupFixture>[];
  readonly roles: readonly DescribedIam<RoleFixture>[];
  readonly policies: readonly DescribedIam<ManagedPolicyFixture>[];
}

export const acmeIam: AcmeIam = {
  policies: [
    policy('SecretsAdmin', [everything], ...reachesAll('secretsmanager:* on *')),
    policy('SecretsFixed', [everything, policyDocument(allow(read, secretArn('prod/*')))], flawless('only the default version counts, v2')),
    policy('DevBoundary', [policyDocument(allow(['s3:*', 'logs:*']))], flawless('no secrets')),
    policy('WideBoundary', [everything], flawless('used only as a boundary, which grants nothing')),
    policy(
      'ReadEverySecret',
      [policyDocument(allow([read, 'secretsmanager:DescribeSecret']))],
      fails(secretOnAll, 'every secret'),
      clean(wildcard, 'two actions are no wildcard'),
    ),
    policy(
      'ParamReader',
      [policyDocument(allow(['ssm:GetParameter*']), allow('kms:Decrypt'))],
      fails(parameterOnAll, 'every parameter'),
      fails(decryptOnAll, 'every key'),
    ),
    policy(
      'WebSecrets',
      [policyDocument(allow(read, secretArn('prod/web/*')), allow('kms:Decrypt', keyArn(home, 'secrets')))],
      flawless('one path, one key'),
    ),
    policy('Lister', [policyDocument(allow('secretsmanager:ListSecrets'))], flawless('an action that only exists on *')),
    // As far as it matters here; the text of AWS is longer.
    {
      fixture: { name: 'SecretsManagerReadWrite', managedByAws: true, versions: [everything] },
      verdicts: [],
    },
  ],
  roles: [
    role(
      'web-task',
      { inline: { own: policyDocument(allow(read, secretArn('prod/web/*'))) }, attached: ['WebSecrets', 'Lister'] },
      flawless('scoped, inline and attached'),
    ),
    role('batch-task', inline(allow('SecretsManager:*', secretArn('prod/*'))), fails(wildcard, 'in mixed case, on one path')),
    role('legacy-app', { attached: ['SecretsAdmin'] }, ...reachesAll('by an attached policy')),
    role(
      'ops-admin',
      inline(allow('*')),
      fails(wildcard, '* is all of it'),
      fails(secretOnAll, '* on *'),
      fails(policyOnAll, '* on *'),
      fails(parameterOnAll, '* on *'),
      fails(decryptOnAll, '* on *'),
    ),
    role(
      'notaction',
      inline({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }),
      ...reachesAll('all but others'),
      fails(notAction, 'Allow with NotAction'),
      fails(parameterOnAll, 'all but others'),
      fails(decryptOnAll, 'all but others'),
    ),
    role('half-wild', inline(allow('secretsmanager:?*')), ...reachesAll('?* is *')),
    role('get-star', inline(allow('secretsmanager:Get*', secretArn('prod/*'))), flawless('Get* is not *, and only on one path')),
    role('deny-all', inline(deny('secretsmanager:*')), flawless('it only denies')),
    role('allow-deny', inline(allow('secretsmanager:*'), deny('secretsmanager:*')), clean(wildcard, 'the Deny cancels it')),
    role(
      'bounded',
      { ...inline(allow('secretsmanager:*')), boundary: 'DevBoundary' },
      ...reachesAll('a boundary does not make it less wild'),
    ),
    role('wide-bounded', { ...inline(allow('s3:ListAllMyBuckets')), boundary: 'WideBoundary' }, flawless('a boundary grants nothing')),
    role(
      'cond',
      inline(allow('secretsmanager:*', '*', { Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'web' } } })),
      fails(wildcard, 'nor does a condition'),
    ),
    role('aws-managed', { attached: ['arn:aws:iam::aws:policy/SecretsManagerReadWrite'] }, ...reachesAll('an AWS managed policy has it')),
    role(
      'reader',
      { attached: ['ReadEverySecret', 'ParamReader'] },
      fails(secretOnAll, 'by an attached policy'),
      fails(parameterOnAll, 'by an attached policy'),
      fails(decryptOnAll, 'by an attached policy'),
    ),
    role('fixed', { attached: ['SecretsFixed'] }, flawless('only the default version counts')),
    role(
      'lambda-exec',
      {
        trust: trustService('lambda'),
        ...inline(allow([read, 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], secretArn('prod/*'))),
      },
      flawless('what a rotation function needs'),
    ),
    role(
      'codebuild-exec',
      { trust: trustService('codebuild'), ...inline(allow('ssm:GetParameters', parameterArn('/ci/*'))) },
      flawless('one path'),
    ),
    role(
      'vendor',
      { trust: trustAccount(vendorId), ...inline(allow(read, secretArn('prod/*'))) },
      clean(wildcard, 'one action'),
      fails(trustConditions, 'the whole account of the vendor, and no external id'),
    ),
    role(
      'vendor-with-id',
      {
        trust: trustAccount(vendorId, { StringEquals: { 'sts:ExternalId': 'acme-4711' } }),
        ...inline(allow(read, secretArn('prod/web/*'))),
      },
      flawless('an external id is asked for'),
    ),
    role(
      'secret-deployer',
      inline(allow(['secretsmanager:CreateSecret', 'secretsmanager:PutResourcePolicy'], secretArn('prod/web/*'))),
      clean(policyOnAll, 'resource policies of one path'),
    ),
  ],
  groups: [
    { fixture: { name: 'developers', ...inline(allow('ssm:Get*', parameterArn('/dev/*'))) }, verdicts: [flawless('one path')] },
    {
      fixture: { name: 'dba', ...inline(allow('secretsmanager:*')) },
      verdicts: [...reachesAll('inline in a group'), fails(usersRead, 'its members are users')],
    },
  ],
  users: [
    { fixture: { name: 'alice', groups: ['developers'] }, verdicts: [flawless('has nothing of her own')] },
    { fixture: { name: 'bob', groups: ['dba'] }, verdicts: [clean(wildcard, 'the finding sits at his group')] },
    { fixture: { name: 'carol', groups: ['developers'], tags: { team: 'web' } }, verdicts: [flawless('has nothing of her own')] },
    {
      fixture: { name: 'ci-bot', ...inline(allow(['secretsmanager:*', 'ssm:*'])) },
      verdicts: [...reachesAll('inline in a user'), fails(usersRead, 'inline'), fails(parameterOnAll, 'ssm:* on *')],
    },
    {
      fixture: { name: 'old-bot', attached: ['SecretsAdmin'] },
      verdicts: [...reachesAll('attached to a user'), fails(usersRead, 'attached')],
    },
  ],
};

/** IAM of the account that the vendor has; the scan enters it by the role. */
export const vendorIam: IamFixture = { roles: [{ name: 'audit', trust: trustAccount('123456789012') }] };

/** Every action on every secret. */
function reachesAll(why: string): readonly Verdict[] {
  return [
    fails(wildcard, why),
    fails(secretOnAll, `${why}, and reading is part of it`),
    fails(policyOnAll, `${why}, and resource policies are part of it`),
  ];
}

function policy(name: string, versions: readonly PolicyDocument[], ...verdicts: readonly Verdict[]): DescribedIam<ManagedPolicyFixture> {
  return { fixture: { name, versions }, verdicts };
}

function role(name: string, fixture: Omit<RoleFixture, 'name'>, ...verdicts: readonly Verdict[]): DescribedIam<RoleFixture> {
  return { fixture: { name, trust: trustService('ecs-tasks'), ...fixture }, verdicts };
}

function inline(...statements: readonly Readonly<Record<string, unknown>>[]): Pick<RoleFixture, 'inline'> {
  return { inline: { own: policyDocument(...statements) } };
}

function trustAccount(account: string, condition?: Readonly<Record<string, unknown>>): PolicyDocument {
  const limits = condition === undefined ? {} : { Condition: condition };
  return policyDocument({ Effect: 'Allow', Principal: { AWS: rootOf(account) }, Action: 'sts:AssumeRole', ...limits });
}
