import { describe, expect, it } from 'vitest';
import { consoleLink } from '../../src/reporters/html/client/console-link.ts';
import { fillIn } from '../../src/reporters/html/client/fill-in.ts';
import { filterRows } from '../../src/reporters/html/client/filter.ts';
import { arrange } from '../../src/reporters/html/client/arrange.ts';
import { toCsv, toJson } from '../../src/reporters/html/client/row-files.ts';
import { rowItem, rowMessage } from '../../src/reporters/html/client/row-text.ts';
import { decodeRows } from '../../src/reporters/html/client/rows.ts';
import { formatHash, parseHash } from '../../src/reporters/html/client/view-state.ts';
import { encodeFindings } from '../../src/reporters/html/encode-findings.ts';
import { hostileNames } from './hostile-names.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';

const sample = sampleResult();
const rows = decodeRows(encodeFindings(sample));

describe('the findings', () => {
  it('come back as they went in', () => {
    expect(rows.map(({ id, status, severity, name, address }) => [id, status, severity, name, address])).toEqual(
      sample.findings.map(({ id, status, severity, resource }) => [id, status, severity, resource.name, resource.address]),
    );
    expect(rows.map(({ policy, scope }) => [policy.id, scope.id])).toEqual(sample.findings.map(({ policyId, scope }) => [policyId, scope]));
  });
});

describe('a command for one resource', () => {
  const target = { name: 'prod/db', account: '123456789012', region: 'us-east-1', address: 'arn:aws:x' };
  const template = "aws x --region {{ resource.region }} --secret-id '{{resource.name}}' {{ resource.other }} {{ item.key }}";

  it('is filled in where that is harmless', () => {
    expect(fillIn(template, target)).toBe("aws x --region us-east-1 --secret-id 'prod/db' {{ resource.other }} {{ item.key }}");
  });

  it.each(["'; rm -rf ~ #", '$(id)', '`id`', '--endpoint-url=http://evil', 'a b', 'a\nb', '', 'a|b', '"', '\\', '~', '$$&', 'ab\u202e'])(
    'leaves the name %j to the reader',
    (name) => {
      expect(fillIn(template, { ...target, name })).toContain("'{{resource.name}}'");
    },
  );
});

describe('the console', () => {
  const secret = {
    type: 'AWS::SecretsManager::Secret',
    name: 'prod/db',
    address: 'arn:aws:secretsmanager:us-east-1:1:secret:prod/db-AbCdEf',
    region: 'us-east-1',
    scope: { id: 's', source: 'aws' },
  } as const;

  it.each([
    ['a secret', secret, 'https://us-east-1.console.aws.amazon.com/secretsmanager/secret?name=prod%2Fdb&region=us-east-1'],
    [
      'a parameter',
      { ...secret, type: 'AWS::SSM::Parameter', name: '/a/b' },
      'https://us-east-1.console.aws.amazon.com/systems-manager/parameters/%2Fa%2Fb/description?region=us-east-1',
    ],
    [
      'a key',
      { ...secret, type: 'AWS::KMS::Key', name: 'k' },
      'https://us-east-1.console.aws.amazon.com/kms/home?region=us-east-1#/kms/keys/k',
    ],
    [
      'a role',
      { ...secret, type: 'AWS::IAM::Role', name: 'r', region: 'global' },
      'https://console.aws.amazon.com/iam/home#/roles/details/r',
    ],
    [
      'another partition',
      { ...secret, address: 'arn:aws-us-gov:x', region: 'us-gov-west-1' },
      'https://us-gov-west-1.console.amazonaws-us-gov.com/secretsmanager/secret?name=prod%2Fdb&region=us-gov-west-1',
    ],
    [
      'a name that would go elsewhere',
      { ...secret, name: '"><a#?&=' },
      'https://us-east-1.console.aws.amazon.com/secretsmanager/secret?name=%22%3E%3Ca%23%3F%26%3D&region=us-east-1',
    ],
    ['a region that would go elsewhere', { ...secret, region: 'evil.example/' }, undefined],
    ['code', { ...secret, scope: { id: 't', source: 'terraform' } }, undefined],
    ['a type without an address', { ...secret, type: 'AWS::Events::Rule' }, undefined],
  ] as const)('%s', (_, row, link) => {
    expect(consoleLink(row)).toBe(link);
  });
});

describe('what the reader saves', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=1'])('a formula %j is text in a spreadsheet', (name) => {
    const [row] = decodeRows(encodeFindings(resultOf([liveFinding('kms-key-rotates', { name }, { status: 'pass' })])));
    if (row === undefined) throw new Error('no row');
    expect(toCsv([row])).toMatch(/,"?'[\s=+\-@]/);
  });

  it('has a record for each finding, whatever their names', () => {
    const records = toCsv(rows).split(/\r\n(?=f1_|$)/);
    expect(records).toHaveLength(1 + rows.length + 1);
    expect((JSON.parse(toJson(rows)) as readonly { readonly resource: string }[]).map(({ resource }) => resource)).toEqual(
      rows.map(({ name }) => name),
    );
  });
});

describe('the address of the page', () => {
  it.each([
    '#overview',
    '#findings?all',
    '#findings?q=a+b%26c&status=fail%2Cunknown&policy=x',
    '#findings?group=policy&sort=-name&finding=f1_ab',
    '#coverage',
  ])('%s says what it did', (hash) => {
    expect(formatHash(parseHash(hash))).toBe(hash);
  });

  it('keeps values with commas apart', () => {
    const chosen = { owner: ['a,b', 'c\\,d', 'e'] };
    const state = { ...parseHash('#findings?all'), chosen };
    expect(parseHash(formatHash(state)).chosen).toEqual(chosen);
  });

  it.each(['#nothing', '#findings?group=x&sort=y', '#__proto__', '#findings?status=constructor'])('%s breaks nothing', (hash) => {
    expect(() => filterRows(rows, parseHash(hash))).not.toThrow();
  });
});

describe('filters', () => {
  it('all words of a search must be found', () => {
    expect(
      filterRows(rows, { query: 'PROD password', chosen: {} }).rows.every(({ text }) => text.includes('prod') && text.includes('password')),
    ).toBe(true);
    expect(filterRows(rows, { query: 'prod nowhere-at-all', chosen: {} }).rows).toEqual([]);
  });

  it('a facet counts what the other facets let through', () => {
    const { counts, rows: shown } = filterRows(rows, { query: '', chosen: { status: ['unknown'] } });
    expect(shown.every(({ status }) => status === 'unknown')).toBe(true);
    expect(counts.get('status')?.get('fail')).toBe(sample.summary.findings.fail);
    expect(counts.get('severity')?.get('critical')).toBe(1);
  });
});

describe('groups', () => {
  it('stand with the worst first, and lose nothing', () => {
    const lines = arrange(rows, { group: 'policy', sort: 'severity', descending: false });
    expect(lines[0]).toMatchObject({ kind: 'group', title: 'No secret is open to everyone' });
    expect(lines.filter(({ kind }) => kind === 'row')).toHaveLength(rows.length);
  });

  it('by severity, the whole word', () => {
    const titles = arrange(rows, { group: 'severity', sort: 'name', descending: true }).flatMap((line) =>
      line.kind === 'group' ? [line.title] : [],
    );
    expect(titles).toEqual(['Critical', 'High', 'Medium', 'Low']);
  });
});

it('hidden characters are found as they are shown', () => {
  const row = rows.find(({ name }) => name === hostileNames.rightToLeft);
  expect(row?.text).toContain('prod/\\u{202e}gnp.exe');
});

describe('the text of a row', () => {
  const [row] = rows;
  it.each([
    ['prod/db', '', 'prod/db does not rotate', 'does not rotate'],
    ['db', 'aws_secretsmanager_secret.db', 'aws_secretsmanager_secret.db does not rotate', 'does not rotate'],
    ['prod', '', 'prod/db does not rotate', 'prod/db does not rotate'],
    ['', '', 'does not rotate', 'does not rotate'],
  ])('leaves out the name %s %s that stands above it', (name, address, message, shown) => {
    expect(row && rowMessage({ ...row, name, address, message })).toBe(shown);
  });

  it('is the title of the policy where there is no message', () => {
    expect(row && rowMessage({ ...row, message: '' })).toBe(row?.policy.title);
  });

  it.each([
    ['arn:aws:iam::aws:policy/AdministratorAccess', 'AdministratorAccess'],
    ['arn:aws:iam::123456789012:policy/teams/web/read', 'read'],
    ['arn:aws:sns:us-east-1:123456789012:alarms', 'alarms'],
    ['env DB_PASSWORD', 'env DB_PASSWORD'],
    ['', ''],
  ])('of the item %s shows %s', (item, shown) => {
    expect(rowItem({ item })).toBe(shown);
  });
});
