import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { Redactable, ScanResult, ScopeResult, WaiverUse } from '../../src/model/scan-result.ts';
import { collectEvidence } from '../../src/reporters/controls/collect-evidence.ts';
import { evidenceReporters } from '../../src/reporters/controls/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { redactResult } from '../../src/reporters/redact/redact-result.ts';
import { checkGithubProfile } from './github-sarif.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';

const key = 'FAKE-KEY-OF-A-TEST-0123456789';
const both: readonly Redactable[] = ['account', 'name'];
const interval = 'secretsmanager-rotation-interval';
const options = { color: false, columns: 120, links: false } as const;

const schema = JSON.parse(readFileSync(new URL('../../schemas/findings.schema.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const ajv = new Ajv2020({ strict: true });
formats.default(ajv);
const validate = ajv.compile(schema);

/** Every format of the result, SARIF with waived results too, and the evidence by control. */
function render(result: ScanResult): readonly (readonly [format: string, text: string])[] {
  const framework = { id: 'f', title: 'F', version: '1', url: 'https://example.com', checks: false, requirements: [] };
  return [
    ...reporters.flatMap(({ name, render: one }) =>
      (['omit', 'include'] as const).map((waived) => {
        const { text, warnings } = one(result, { ...options, sarif: { unknown: 'all', waived } });
        return [name, `${text}\n${warnings.join('\n')}`] as const;
      }),
    ),
    ...evidenceReporters.map(({ name, render: one }) => [`evidence ${name}`, one(collectEvidence(result, framework), options)] as const),
  ];
}

/** Accounts and names in every place of a result that can hold them. Each name holds one token that nothing else does. */
function resultWith([a, b]: readonly [string, string], names: readonly string[]): ScanResult {
  const sample = sampleResult();
  const name = (index: number): string => names[index % names.length] ?? '';
  const role = `arn:aws:iam::${b}:role/${name(1)}`;
  const waiver = {
    id: name(2),
    reason: `${name(3)} of ${a} moves`,
    owner: name(4),
    expires: '2027-03-31',
    ticket: name(5),
    approvedBy: name(6),
  };
  const use: WaiverUse = {
    ...waiver,
    policies: [interval],
    file: `infra/${name(7)}.yaml`,
    line: 3,
    state: 'active',
    use: 'used',
    findings: 1,
    gaps: 0,
  };
  const message = `${name(0)} of ${a} may be read by ${role}`;
  const evidence = [
    { path: 'principals', state: 'value', value: [role, `arn:aws:iam::${a}:root`, b], api: 'secretsmanager:GetResourcePolicy' },
    { path: 'description', state: 'value', value: `about ${name(1)} in ${a}` },
    { path: 'encryption.keyId', state: 'value', value: `alias/${name(2)}` },
    {
      path: 'statements',
      state: 'value',
      value: [{ sid: name(3), resource: `arn:aws:secretsmanager:us-east-1:${a}:secret:${name(0)}-AbCdEf` }],
    },
  ] as const;
  const unknown = [{ path: `principals["${role}"]`, reason: 'request-failed', detail: `${name(1)} of ${a} is gone` }] as const;
  const fail = { status: 'fail', message, evidence } as const;
  const live = { ...liveFinding(interval, { name: name(0), account: a }, fail), itemKey: name(8), expiredWaiver: waiver };
  const code = codeFinding(interval, `x.${name(5)}`, `infra/${name(6)}.tf`, 5, fail);
  const findings: readonly Finding[] = [
    { ...live, resource: { ...live.resource, tags: { owner: name(4), account: a } }, previousIds: [live.id] },
    liveFinding(interval, { name: name(1), account: a }, { status: 'unknown', message, unknown, evidence }),
    liveFinding(
      interval,
      { name: name(2), account: b },
      { status: 'waived', message, unknown, evidence, waiver, itemKey: 'abcdef012345#2' },
    ),
    liveFinding(interval, { name: name(3), account: b }, { status: 'pass' }),
    liveFinding(interval, { name: name(3), account: a }, { status: 'not_applicable', reason: `judged at ${name(0)} of ${a}` }),
    {
      ...code,
      ...(code.location && { location: { ...code.location, address: `y.${name(7)}`, frame: { startLine: 5, text: `"${name(7)} ${a}"` } } }),
    },
    codeFinding(interval, `module.${name(8)}.x.y`, undefined, 0, fail),
  ];
  const gap = { ...gapOf(`Let ${role} read, in ${a}`), detail: `${role} is not allowed`, waiver };
  const live1 = scopeOf(`aws/${a}/us-east-1`, { account: a, caller: `arn:aws:sts::${a}:assumed-role/${name(1)}/${name(2)}`, gaps: [] });
  const scopes: readonly ScopeResult[] = [
    live1,
    scopeOf(`aws/${b}/us-east-1`, { account: b }),
    scopeOf('aws/999988887777/us-east-1', { account: '999988887777', status: 'partial', gaps: [gap] }),
    { id: `terraform/${name(9)}`, source: 'terraform', root: name(9), status: 'complete', resources: {}, gaps: [] },
  ];
  const closed = {
    id: live.id,
    policyId: interval,
    severity: 'high',
    address: live.resource.address,
    name: name(0),
    itemKey: name(8),
  } as const;
  return resultOf(
    findings.map((finding) => (finding.scope === 'terraform/infra' ? { ...finding, scope: `terraform/${name(9)}` } : finding)),
    {
      scopes,
      run: {
        ...sample.run,
        exitReason: `1 failure in ${a}`,
        notes: [
          `waiver ${name(2)} expired`,
          `account ${a}: nothing of terraform/${name(9)}, read from plans/${names.length}/zqplan.json by ${role}`,
        ],
        baseline: { runId: 'r', asOf: sample.run.asOf, new: 1, persisting: 1, reopened: 0, unverified: 0, fixed: [closed], notJudged: 0 },
        waivers: { findings: 1, gaps: 1, waivers: [use] },
      },
      policies: sample.policies.map((policy) => ({
        ...policy,
        params: { days: 90, trusted: [a, role], pattern: `^${name(3)}/` },
        off: `switched off by ${name(7)}.yaml:3`,
        overrides: [
          {
            match: { accounts: [a], paths: { patterns: [`${name(6)}/**`], from: name(9) }, tags: { owner: name(4) } },
            at: `${name(7)}.yaml:9`,
            setting: { kind: 'judged', params: { trusted: [role] } },
          },
        ],
      })),
    },
  );
}

function scopeOf(id: string, more: Partial<ScopeResult>): ScopeResult {
  return { id, source: 'aws', region: 'us-east-1', status: 'complete', resources: { 'AWS::SecretsManager::Secret': 3 }, gaps: [], ...more };
}

function gapOf(hint: string): Omit<ScopeResult['gaps'][number], 'detail'> {
  return { operation: 'ssm:DescribeParameters', action: 'ssm:DescribeParameters', types: [], reason: 'access-denied', count: 1, hint };
}

const token = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop'), minLength: 6, maxLength: 8 }).map((text) => `zq${text}`);
const around = fc.string({ unit: fc.constantFrom('/', '-', '_', '.', '+', '@', ' ', '|', '"', '<', '\n', '🔑', 'prod'), maxLength: 3 });
const someNames = fc
  .uniqueArray(token, { minLength: 10, maxLength: 10 })
  .chain((tokens) =>
    fc.tuple(...tokens.map((one) => fc.tuple(around, around).map(([before, after]) => ({ token: one, name: `${before}${one}${after}` })))),
  );
const someAccounts = fc.uniqueArray(fc.stringMatching(/^[1-9]\d{11}$/), { minLength: 2, maxLength: 2 }) as fc.Arbitrary<[string, string]>;

describe('no format', () => {
  it('holds an account id or a name of the result', () => {
    fc.assert(
      fc.property(someAccounts, someNames, (accounts, names) => {
        const result = resultWith(
          accounts,
          names.map(({ name }) => name),
        );
        const redacted = redactResult(result, { what: both, key });
        expect(validate(redacted), JSON.stringify(validate.errors)).toBe(true);
        for (const [format, text] of render(redacted)) {
          const left = ['zqplan', ...accounts, ...names.map((one) => one.token)].filter((secret) => text.includes(secret));
          expect(left, format).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds an account id where only these are redacted, and all of them hold the names', () => {
    const accounts = ['345678901234', '456789012345'] as const;
    const redacted = redactResult(resultWith(accounts, ['zqone', 'zqtwo']), { what: ['account'], key });
    for (const [format, text] of render(redacted)) {
      expect(
        accounts.filter((account) => text.includes(account)),
        format,
      ).toEqual([]);
      if (!format.startsWith('evidence')) expect(text, format).toContain('zqone');
    }
  });

  it('holds a name where only these are redacted, and the account ids stay', () => {
    const redacted = redactResult(resultWith(['345678901234', '456789012345'], ['zqone', 'zqtwo']), { what: ['name'], key });
    for (const [format, text] of render(redacted)) {
      expect(text, format).not.toMatch(/zqone|zqtwo/);
      if (!format.startsWith('evidence')) expect(text, format).toContain('345678901234');
    }
  });

  it('holds what the sample has, hostile names included, and the SARIF of it is what GitHub takes', () => {
    const redacted = redactResult(sampleResult(), { what: both, key });
    for (const [format, text] of render(redacted))
      expect(text, format).not.toMatch(/123456789012|prod\/db|evil\.example|数据库|aws_secretsmanager_secret\.|smtp/);
    const sarif = reporters
      .find(({ name }) => name === 'sarif')
      ?.render(redacted, { ...options, sarif: { unknown: 'all', waived: 'omit' } });
    expect(checkGithubProfile(JSON.parse(sarif?.text ?? ''))).toEqual([]);
  });
});

describe('pseudonyms', () => {
  const accounts = ['345678901234', '456789012345'] as const;
  const result = resultWith(accounts, ['zqone', 'zqtwo', 'zqthree']);
  const redact = (of: ScanResult, with_ = key): ScanResult => redactResult(of, { what: both, key: with_ });

  it('are the same from run to run, byte for byte', () => {
    expect(render(redact(result))).toEqual(render(redact(result)));
  });

  it('are others under another key', () => {
    const [one, other] = [redact(result), redact(result, `${key}!`)];
    const idsOf = ({ findings }: ScanResult): readonly string[] => findings.map(({ id }) => id);
    const namesOf = ({ findings }: ScanResult): readonly string[] => findings.map(({ resource }) => resource.name);
    const accountsOf = ({ scopes }: ScanResult): readonly unknown[] => scopes.map(({ account }) => account).filter(Boolean);
    for (const of of [idsOf, namesOf, accountsOf]) expect(of(one).filter((text) => of(other).includes(text as never))).toEqual([]);
  });

  it('are equal for equal names and accounts, wherever these stand', () => {
    const { findings, scopes, run } = redact(result);
    const text = JSON.stringify({ findings, scopes, run });
    const account = scopes[0]?.account ?? '';
    expect(account).toMatch(/^00\d{10}$/);
    expect(scopes[0]?.id).toBe(`aws/${account}/us-east-1`);
    const found = findings.find(({ status, resource }) => status === 'fail' && resource.account === account);
    expect(found?.resource.name).toMatch(/^name-[0-9a-f]{12}$/);
    expect(found?.resource.address).toBe(`arn:aws:secretsmanager:us-east-1:${account}:secret:${found?.resource.name}`);
    // The evidence names the secret by its ARN with the random suffix.
    expect(text.split(`secret:${found?.resource.name}"`).length).toBeGreaterThan(2);
    expect(run.baseline?.fixed[0]).toMatchObject({ id: found?.id, name: found?.resource.name });
  });

  it('leave as many findings, resources and accounts apart as there were', () => {
    const sample = sampleResult();
    const { findings } = redact(sample);
    const count = (of: ScanResult['findings'], by: (finding: Finding) => string): number => new Set(of.map(by)).size;
    for (const by of [({ id }: Finding) => id, ({ resource }: Finding) => resource.address, ({ scope }: Finding) => scope])
      expect(count(findings, by)).toBe(count(sample.findings, by));
  });

  it('leave verdicts, counts, times and what AWS calls things', () => {
    const sample = sampleResult();
    const redacted = redact(sample);
    expect(redacted.summary).toEqual(sample.summary);
    expect(redacted.run).toMatchObject({
      asOf: sample.run.asOf,
      exitCode: 1,
      exitReason: sample.run.exitReason,
      redacted: ['account', 'name'],
    });
    expect(redacted.run.notes.at(-1)).toBe('account ids and names are pseudonyms (--redact)');
    expect(redacted.findings.map(({ severity, policyId, status }) => [severity, policyId, status]).sort()).toEqual(
      sample.findings.map(({ severity, policyId, status }) => [severity, policyId, status]).sort(),
    );
    expect(JSON.stringify(redacted.findings)).toContain('arn:aws:iam::aws:policy/SecretsManagerReadWrite');
  });
});

describe('a hash that could be tried out', () => {
  it.each(both)('is replaced where %s is redacted', (what) => {
    const before = resultWith(['345678901234', '456789012345'], ['zqone', 'zqtwo']);
    const text = JSON.stringify(redactResult(before, { what: [what], key }));
    for (const { id } of before.findings) expect(text).not.toContain(id);
    expect(text).not.toContain('abcdef012345');
    expect(text).toMatch(/"itemKey":"[0-9a-f]{12}#2"/);
    expect(text).not.toContain(before.run.id);
  });

  it('of a line of code stays with accounts, so that GitHub knows the line, but for a line that holds one', () => {
    const accounts = ['345678901234', '456789012345'] as const;
    const hashOf = (result: ScanResult): unknown => result.findings.find(({ location }) => location !== undefined)?.location?.lineHash;
    const plain = resultOf([codeFinding(interval, 'x.y', 'infra/a.tf', 5, { status: 'pass' })], { scopes: sampleResult().scopes });
    expect(hashOf(redactResult(plain, { what: ['account'], key }))).toBe(hashOf(plain));
    const telling = resultWith(accounts, ['zqone']);
    expect(hashOf(redactResult(telling, { what: ['account'], key }))).not.toBe(hashOf(telling));
    expect(hashOf(redactResult(plain, { what: ['name'], key }))).not.toBe(hashOf(plain));
  });
});

describe('account ids', () => {
  it.each([
    ['in hyphens', '3456-7890-1234', /^00\d\d-\d{4}-\d{4}$/],
    ['between digits', '93456789012345', /^9(?!345678901234)\d{12}5$/],
    ['after a letter', 'x345678901234y', /^x00\d{10}y$/],
    ['that are not the account of the run', '999988887777', /^00\d{10}$/],
    ['that are none', '12345678901', /^12345678901$/],
  ])('%s', (_, text, expected) => {
    const run = { ...sampleResult().run, notes: [text] };
    const scopes = [scopeOf('aws/345678901234/us-east-1', { account: '345678901234' })];
    expect(redactResult(resultOf([], { run, scopes }), { what: ['account'], key }).run.notes[0]).toMatch(expected);
  });
});
