import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/model/finding.ts';
import { parseHcl } from '../../../src/sources/terraform/hcl/index.ts';
import { acme, judgePlan, plans, readPlanFile, type JudgedPlan } from './judge-plan.ts';

interface Block {
  readonly address: string;
  readonly file: string;
  readonly line: number;
}

interface Planted extends Block {
  readonly control: string;
  readonly expect: 'pass' | 'fail' | 'unknown';
  readonly accept?: readonly string[];
  readonly related?: Block;
  readonly why: string;
}

const expected = JSON.parse(readFileSync(`${acme}/expected.json`, 'utf8')) as readonly Planted[];

/** The list of faults is older than the policies; a control may be several of them. */
const policiesOf: { readonly [control: string]: readonly string[] } = {
  'secret.rotation-enabled': ['secretsmanager-rotation-enabled'],
  'secret.rotation-interval': ['secretsmanager-rotation-interval'],
  'secret.cmk': ['secretsmanager-customer-managed-key'],
  'secret.replica-cmk': ['secretsmanager-replica-customer-managed-key'],
  'secret.recovery-window': ['secretsmanager-recovery-window'],
  'secret.policy-not-public': ['secretsmanager-no-public-access'],
  'secret.value-not-in-state': ['secretsmanager-value-not-in-state'],
  'param.secret-is-securestring': ['ssm-parameter-secret-is-secure-string'],
  'param.securestring-cmk': ['ssm-parameter-customer-managed-key'],
  'iam.no-secretsmanager-wildcard': ['iam-no-secretsmanager-wildcard'],
  'iam.no-secret-read-on-all-resources': ['iam-no-secret-read-on-all', 'iam-no-parameter-read-on-all'],
  'iam.no-broad-managed-policy': ['iam-no-secretsmanager-wildcard'],
  'kms.rotation-enabled': ['kms-key-rotates'],
  'kms.policy-not-public': ['kms-key-policy-not-public'],
  'lambda.no-plaintext-secret': ['lambda-no-plaintext-secret'],
  'ecs.no-plaintext-secret': ['ecs-no-plaintext-secret'],
  'codebuild.no-plaintext-secret': ['codebuild-no-plaintext-secret'],
  'rds.master-password-managed': ['rds-managed-master-password'],
  'rds.no-literal-master-password': ['rds-no-plaintext-password'],
  'source.no-secret-literal': ['secretsmanager-no-value-in-source', 'ssm-parameter-no-value-in-source'],
};

const title = ({ control, address, expect: answer, why }: Planted): string => `${control} of ${address}: ${answer}, ${why}`;

/** First and last line of the block with that header. */
function linesOf({ file, line }: Block): { readonly first: number; readonly last: number } {
  const text = readFileSync(`${plans}/${file}`, 'utf8');
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const block = parseHcl(text).body.blocks.find(({ span }) => lineAt(span.start) === line);
  if (!block) throw new Error(`no block at ${file}:${line}`);
  return { first: line, last: lineAt(block.span.end) };
}

function matches({ resource, location }: Finding, block: Block): boolean {
  return resource.address === block.address || location?.address === block.address;
}

function findingsOf({ findings }: JudgedPlan, planted: Planted): readonly Finding[] {
  return findings.filter(
    (finding) =>
      (policiesOf[planted.control] ?? []).includes(finding.policyId) &&
      (matches(finding, planted) || (planted.related !== undefined && matches(finding, planted.related))),
  );
}

it('knows every control of the list', () => {
  expect(expected.length).toBeGreaterThan(100);
  expect(expected.filter(({ control }) => !(control in policiesOf))).toEqual([]);
});

describe('the first plan, with the code beside it', () => {
  let judged: JudgedPlan;
  beforeAll(async () => {
    judged = await judgePlan(readPlanFile('acme/first-plan.json'), { sourceDir: acme });
  });

  const faults = expected.filter(({ expect: answer, accept = [] }) => answer === 'fail' || accept.includes('fail'));
  it.each(faults.map((planted) => [title(planted), planted] as const))('finds %s', (_title, planted) => {
    const found = findingsOf(judged, planted).filter(({ status }) => status === 'fail');
    expect(found.length).toBeGreaterThan(0);
    for (const { location } of found) {
      const blocks = [planted, ...(planted.related === undefined ? [] : [planted.related])];
      expect(
        blocks.some((block) => {
          const { first, last } = linesOf(block);
          return location?.file === `${plans}/${block.file}` && location.startLine >= first && location.startLine <= last;
        }),
        `${location?.file ?? ''}:${location?.startLine ?? 0}`,
      ).toBe(true);
    }
  });

  const decoys = expected.filter(({ expect: answer }) => answer === 'pass');
  it.each(decoys.map((planted) => [title(planted), planted] as const))('does not blame %s', (_title, planted) => {
    const own = findingsOf(judged, planted).filter((finding) => matches(finding, planted) && isOf(finding, planted));
    expect(own.filter(({ status }) => status === 'fail')).toEqual([]);
    if (!(planted.accept ?? []).includes('unknown')) expect(own.filter(({ status }) => status === 'unknown')).toEqual([]);
  });
});

/** A role is one resource with what is attached to it, so its own entry speaks of its own block only. */
function isOf({ location, resource }: Finding, planted: Planted): boolean {
  return resource.address !== planted.address || location?.address === undefined || location.address === planted.address;
}

describe('the first plan alone', () => {
  let judged: JudgedPlan;
  beforeAll(async () => {
    judged = await judgePlan(readPlanFile('acme/first-plan.json'));
  });

  // Without the code a finding names the owner, not the block that contributed.
  const owners = expected.filter(
    ({ address, expect: answer }) => answer === 'fail' && !/_(policy|version|attachment)\.|_policy"/.test(address),
  );
  it.each(owners.map((planted) => [title(planted), planted] as const))('finds %s', (_title, planted) => {
    expect(findingsOf(judged, planted).filter(({ status }) => status === 'fail').length).toBeGreaterThan(0);
  });

  const undecided = expected.filter(({ expect: answer }) => answer === 'unknown');
  it.each(undecided.map((planted) => [title(planted), planted] as const))('cannot tell %s', (_title, planted) => {
    const found = findingsOf(judged, planted).map(({ status }) => status);
    expect(found).toContain('unknown');
    expect(found).not.toContain('fail');
  });
});
