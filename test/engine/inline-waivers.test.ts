import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src/iac/source-text.ts';
import { UserError, type Diagnostic } from '../../src/model/errors.ts';
import type { ScopeModel } from '../../src/model/resource.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { selectPolicies } from '../../src/policy/select-policies.ts';
import { checkWritten } from '../../src/policy/waivers/check-written.ts';
import { waiversInHcl } from '../../src/sources/terraform/hcl-waivers.ts';
import { parseHcl } from '../../src/sources/terraform/hcl/index.ts';
import { waiversInYaml } from '../../src/sources/cloudformation/yaml-waivers.ts';
import { readTerraformPlan } from '../../src/sources/terraform/index.ts';
import { scan } from '../../src/scan.ts';
import { classify, read } from '../sources/cloudformation/read.ts';

const now = Date.UTC(2026, 0, 1);
const keyPolicy = 'secretsmanager-customer-managed-key';
const rotation = 'secretsmanager-rotation-enabled';
const { policies } = loadPolicies(['policies'], { builtin: true });
const selected = selectPolicies(policies, { ids: [keyPolicy, rotation], tags: [], params: [] });
const rules = { maxDays: 365, policyIds: policies.map(({ id }) => id) };

function judge(scope: ScopeModel, judged = selected): ScanResult {
  const { waivers } = checkWritten(scope.waivers ?? [], rules, now);
  return scan({ scopes: [scope], provenance: {}, notes: [] }, judged, {
    now,
    waivers,
    detail: 'failing',
    failOn: 'low',
    failOnUnknown: 'low',
    toolVersion: '0.0.0',
    clock: { kind: 'fixed' },
  });
}

const statusesOf = ({ findings }: ScanResult): readonly string[] =>
  findings.map(({ policyId, resource, status }) => `${resource.address} ${policyId}: ${status}`).sort();

const duties = 'until=2026-06-30 reason="it goes in spring" owner=team';
const waive = (policy: string): string => `sealcheck:waive ${policy} ${duties}`;

describe('comments in .tf files', () => {
  const change = (name: string): unknown => ({
    address: `aws_secretsmanager_secret.${name}`,
    mode: 'managed',
    type: 'aws_secretsmanager_secret',
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: ['create'],
      before: null,
      after: { name, kms_key_id: 'alias/aws/secretsmanager' },
      after_unknown: { id: true, arn: true },
    },
  });
  const plan = {
    format_version: '1.2',
    resource_changes: [change('a'), change('b')],
    configuration: {
      root_module: {
        resources: ['a', 'b'].map((name) => ({
          address: `aws_secretsmanager_secret.${name}`,
          mode: 'managed',
          type: 'aws_secretsmanager_secret',
          name,
          expressions: { name: { constant_value: name }, kms_key_id: { constant_value: 'alias/aws/secretsmanager' } },
        })),
      },
    },
  };
  const code = (slot: { readonly above?: string; readonly header?: string; readonly inside?: string; readonly line?: string }): string => `
${slot.above ?? ''}
resource "aws_secretsmanager_secret" "a" { ${slot.header ?? ''}
  name = "a"
  ${slot.inside ?? ''}
  kms_key_id = "alias/aws/secretsmanager" ${slot.line ?? ''}
}

resource "aws_secretsmanager_secret" "b" {
  name       = "b"
  kms_key_id = "alias/aws/secretsmanager"
}
`;
  const judgeCode = async (text: string): Promise<ScanResult> => {
    const folder = mkdtempSync(join(tmpdir(), 'sealcheck-inline-'));
    try {
      writeFileSync(join(folder, 'main.tf'), text);
      const { scope } = await readTerraformPlan(plan, { file: 'plan.json', root: 'x', sourceDir: folder, classify });
      return judge(scope);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const both = `${keyPolicy},${rotation}`;
  const cases: readonly (readonly [name: string, slot: Parameters<typeof code>[0], waived: readonly string[]])[] = [
    ['none', {}, []],
    ['above the header', { above: `# ${waive(both)}` }, [keyPolicy, rotation]],
    ['above the header, with // and other comments between', { above: `// ${waive(both)}\n# The old one.` }, [keyPolicy, rotation]],
    ['above the header, as a block', { above: `/* ${waive(keyPolicy)} */` }, [keyPolicy]],
    ['two above the header', { above: `# ${waive(keyPolicy)}\n# ${waive(rotation)}` }, [keyPolicy, rotation]],
    ['on the header', { header: `# ${waive(both)}` }, [keyPolicy, rotation]],
    ['above the attribute', { inside: `# ${waive(both)}` }, [keyPolicy]],
    ['on the line of the attribute', { line: `# ${waive(both)}` }, [keyPolicy]],
    ['with a line between', { above: `# ${waive(both)}\n` }, []],
    ['of another policy', { above: `# ${waive('secretsmanager-unused')}` }, []],
    ['in the middle of a comment', { above: `# see ${waive(both)}` }, []],
  ];
  it('in a block on the line of a header, before it: about that block, not about the next', async () => {
    const header = 'resource "aws_secretsmanager_secret" "a"';
    const result = await judgeCode(code({}).replace(header, `/* ${waive(both)} */ ${header}`));
    expect(statusesOf(result)).toEqual([
      `aws_secretsmanager_secret.a ${keyPolicy}: waived`,
      `aws_secretsmanager_secret.a ${rotation}: waived`,
      `aws_secretsmanager_secret.b ${keyPolicy}: fail`,
      `aws_secretsmanager_secret.b ${rotation}: fail`,
    ]);
  });

  it.each(cases)('%s', async (_name, slot, waived) => {
    const result = await judgeCode(code(slot));
    const status = (policy: string): string => (waived.includes(policy) ? 'waived' : 'fail');
    expect(statusesOf(result)).toEqual([
      `aws_secretsmanager_secret.a ${keyPolicy}: ${status(keyPolicy)}`,
      `aws_secretsmanager_secret.a ${rotation}: ${status(rotation)}`,
      `aws_secretsmanager_secret.b ${keyPolicy}: fail`,
      `aws_secretsmanager_secret.b ${rotation}: fail`,
    ]);
    for (const finding of result.findings) {
      if (finding.status === 'waived') expect(finding.waiver).toMatchObject({ inline: true, owner: 'team', reason: 'it goes in spring' });
    }
  });
});

describe('CloudFormation', () => {
  const template = (slot: {
    readonly above?: string;
    readonly header?: string;
    readonly metadata?: string;
    readonly line?: string;
  }): string =>
    `Resources:
${slot.above ?? '  # nothing'}
  A: ${slot.header ?? ''}
    Type: AWS::SecretsManager::Secret
${slot.metadata ?? ''}
    Properties:
      KmsKeyId: alias/aws/secretsmanager ${slot.line ?? ''}
      Name: a
  B:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: 'b # ${waive(rotation)}'
      Description: |
        # ${waive(rotation)}
        text
`;
  const metadata = (policy: string): string =>
    `    Metadata:\n      Sealcheck:\n        waive:\n          - { policy: ${policy}, until: 2026-06-30, reason: it goes, owner: team }`;
  const both = `${keyPolicy},${rotation}`;
  const cases: readonly (readonly [name: string, slot: Parameters<typeof template>[0], waived: readonly string[]])[] = [
    ['none, and what looks like one in texts', {}, []],
    ['above the resource', { above: `  # ${waive(both)}` }, [keyPolicy, rotation]],
    ['above an empty line', { above: `  # ${waive(both)}\n` }, []],
    ['above two empty lines', { above: `  # ${waive(both)}\n\n   ` }, []],
    ['beside the resource', { header: `# ${waive(both)}` }, [keyPolicy, rotation]],
    ['on the line of the property', { line: `# ${waive(both)}` }, [keyPolicy]],
    ['in the metadata', { metadata: metadata(rotation) }, [rotation]],
    ['in the metadata, of several policies', { metadata: metadata(`[${keyPolicy}, ${rotation}]`) }, [keyPolicy, rotation]],
  ];
  it.each(cases)('%s', async (_name, slot, waived) => {
    const { scope } = await read(template(slot));
    const status = (policy: string): string => (waived.includes(policy) ? 'waived' : 'fail');
    expect(statusesOf(judge(scope)).filter((text) => text.startsWith('A '))).toEqual([
      `A ${keyPolicy}: ${status(keyPolicy)}`,
      `A ${rotation}: ${status(rotation)}`,
    ]);
    expect(statusesOf(judge(scope)).filter((text) => text.startsWith('B ') && text.endsWith('waived'))).toEqual([]);
  });

  it('in the metadata of a template in JSON', async () => {
    const waiver = { policy: rotation, until: '2026-06-30', reason: 'r', owner: 'team' };
    const { scope } = await read(
      JSON.stringify({
        Resources: { A: { Type: 'AWS::SecretsManager::Secret', Metadata: { Sealcheck: { waive: [waiver] } }, Properties: { Name: 'a' } } },
      }),
    );
    expect(statusesOf(judge(scope))).toContain(`A ${rotation}: waived`);
  });

  describe('of a parameter', () => {
    const noEcho = 'cloudformation-parameter-no-echo';
    const parameters = selectPolicies(policies, { ids: [noEcho], tags: [], params: [] });
    const entry = { policy: noEcho, until: '2026-06-30', reason: 'r', owner: 'team' };
    const secret = "Resources: { A: { Type: 'AWS::SecretsManager::Secret' } }";
    const yaml = (above: string, beside: string, metadata = '{}'): string =>
      `Metadata: ${metadata}\nParameters:\n${above}\n  DbPassword:${beside}\n    Type: String\n  ApiToken:\n    Type: String\n${secret}\n`;
    const json = {
      Metadata: { Sealcheck: { Parameters: { DbPassword: { waive: [entry] } } } },
      Parameters: { DbPassword: { Type: 'String' }, ApiToken: { Type: 'String' } },
      Resources: { A: { Type: 'AWS::SecretsManager::Secret' } },
    };
    it.each([
      ['none', yaml('', ''), 'fail'],
      ['above it', yaml(`  # ${waive(noEcho)}`, ''), 'waived'],
      ['beside it', yaml('', ` # ${waive(noEcho)}`), 'waived'],
      ['in the metadata of the template', yaml('', '', JSON.stringify(json.Metadata)), 'waived'],
      ['in the metadata of one in JSON', JSON.stringify(json), 'waived'],
    ])('%s', async (_name, text, status) => {
      const { scope } = await read(text);
      expect(statusesOf(judge(scope, parameters))).toEqual([`ApiToken ${noEcho}: fail`, `DbPassword ${noEcho}: ${status}`]);
    });

    it('that is none is an error with its place', async () => {
      const { scope } = await read(yaml('', '', '{ Sealcheck: { Parameters: { DbPassword: { waive: x } } } }'));
      const message = 'Sealcheck holds a list that is called waive, of waivers';
      expect(mistakesOf(scope.waivers ?? [])).toMatchObject([{ file: 'template.yaml', line: 1, message }]);
    });
  });

  it.each([
    ['a map instead of a list', '{ waive: { policy: x } }', 'Sealcheck holds a list that is called waive, of waivers'],
    ['a text instead of a waiver', '{ waive: [x] }', 'a waiver is a map of policy, until, reason and owner'],
    ['a function', '{ waive: [{ policy: !Ref X }] }', 'policy is not a text'],
    ['no owner', `{ waive: [{ policy: ${rotation}, until: 2026-06-30, reason: r }] }`, 'owner is missing'],
  ])('%s is an error with its place', async (_name, text, message) => {
    const { scope } = await read(template({ metadata: `    Metadata:\n      Sealcheck: ${text}` }));
    expect(mistakesOf(scope.waivers ?? [])).toMatchObject([{ severity: 'error', file: 'template.yaml', message }]);
  });
});

function mistakesOf(written: NonNullable<ScopeModel['waivers']>): readonly Diagnostic[] {
  try {
    return checkWritten(written, rules, now).warnings;
  } catch (error) {
    if (error instanceof UserError && error.code === 'waiver-invalid') return error.diagnostics;
    throw error;
  }
}

describe('mistakes in a comment', () => {
  const rows: readonly (readonly [text: string, expected: string])[] = [
    [`sealcheck:waive ${rotation} ¶until=never reason=r owner=o`, 'until is no day'],
    [`sealcheck:waive ${rotation} ¶until=2026-02-30 reason=r owner=o`, 'until is no day'],
    [`sealcheck:waive ${rotation} ¶until=2027-01-02 reason=r owner=o`, 'longer than 365 days from today (2026-01-01)'],
    [`sealcheck:waive ${rotation} ¶until=2027-01-02 created=2026-01-01 reason=r owner=o`, 'longer than 365 days from created (2026-01-01)'],
    [`¶# sealcheck:waive ${rotation} until=2026-02-01 owner=o`, 'reason is missing'],
    [`¶# sealcheck:waive ${rotation} until=2026-02-01 reason=r`, 'owner is missing'],
    [`sealcheck:waive ${rotation} until=2026-02-01 ¶reason="" owner=o`, 'reason must not be empty'],
    [`sealcheck:waive ${rotation} until=2026-02-01 reason=it ¶goes owner=o`, 'expected name=value here'],
    [`sealcheck:waive ${rotation} until=2026-02-01 ¶reason="open owner=o`, 'expected name=value here'],
    [`sealcheck:waive ${rotation} ¶untill=2026-02-01 until=2026-02-01 reason=r owner=o`, 'a waiver has no untill'],
    [`sealcheck:waive ${rotation} until=2026-02-01 reason=r owner=o ¶owner=p`, 'owner stands here twice'],
    [`sealcheck:waive ¶secretsmanager-* until=2026-02-01 reason=r owner=o`, 'secretsmanager-* is a pattern'],
    [`sealcheck:waive ¶, until=2026-02-01 reason=r owner=o`, 'no policy is named'],
    [`sealcheck:waive ${rotation} until=2026-02-01 reason=r owner=o ¶id=""`, 'id must not be empty'],
    [`sealcheck:waive ${rotation} until=2026-02-01 reason=r owner=o ¶covers=all`, 'expected one of fail, unknown'],
    [`¶# sealcheck:ignore ${rotation}`, 'there is no sealcheck:ignore'],
    [
      `sealcheck:waive ¶secretsmanager-rotation-enable until=2026-02-01 reason=r owner=o`,
      'no policy of this run or of the pack is called secretsmanager-rotation-enable',
    ],
  ];
  it.each(rows)('%s', (marked, expected) => {
    const comment = marked.replace('¶', '');
    const line = `  password = "hunter2" ${comment.startsWith('#') ? '' : '# '}${comment}`;
    const column = `  password = "hunter2" ${marked.startsWith('¶#') ? '' : '# '}${marked}`.indexOf('¶') + 1;
    const text = `resource "x" "y" {\n${line}\n}\n`;
    const diagnostics = mistakesOf(waiversInHcl(openSource('main.tf', text), parseHcl(text)));
    expect(diagnostics).toMatchObject([{ file: 'main.tf', line: 2, column, message: expected }]);
    // Of the code beside it nothing is shown.
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
    expect(diagnostics[0]?.excerpt?.slice(column - 1, column + 3)).toBe(line.slice(column - 1, column + 3));
  });

  it('a sound one: what may stand in it', () => {
    const text = `a = 1 # sealcheck:waive ${rotation} until=2026-01-01 reason="a \\"b\\" c" owner=o ticket=T-1 approvedBy=me id=mine covers=fail,unknown\n`;
    const { waivers } = checkWritten(waiversInYaml(openSource('t.yaml', text.replace('a = 1', 'a: 1'))), rules, now);
    expect(waivers).toMatchObject([
      {
        id: 'mine',
        reason: 'a "b" c',
        ticket: 'T-1',
        approvedBy: 'me',
        expires: '2026-01-01',
        target: {
          kind: 'code',
          policies: [rotation],
          covers: ['fail', 'unknown'],
          match: { kind: 'lines', file: 't.yaml', startLine: 1, endLine: 1 },
        },
      },
    ]);
  });
});
