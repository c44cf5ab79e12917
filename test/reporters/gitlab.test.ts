import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { hostileResult, hostileTexts } from './hostile-result.ts';
import { render } from './render.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, failing, interval, liveScope, unreadable } from './sarif-cases.ts';

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const schema = JSON.parse(
  readFileSync(new URL('../fixtures/third-party/gitlab-code-quality/codeclimate.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ allErrors: true }).compile({ type: 'array', items: schema });

const entries = (result: ScanResult): readonly Entry[] => JSON.parse(render('gitlab', result).text) as readonly Entry[];

/** What the schema leaves open and the documentation asks for. */
function complaints(list: readonly Entry[]): readonly string[] {
  return list.flatMap(({ check_name, fingerprint, severity, location }) => [
    ...(/^[a-z][a-z0-9-]*$/.test(check_name) ? [] : [`check_name ${check_name}`]),
    ...(fingerprint === '' ? ['no fingerprint'] : []),
    ...(['info', 'minor', 'major', 'critical', 'blocker'].includes(severity) ? [] : [`severity ${severity}`]),
    ...(Number.isInteger(location.lines.begin) && location.lines.begin >= 1 ? [] : ['no line']),
    ...(location.path === '' ? ['no path'] : []),
  ]);
}

describe('the report', () => {
  it('is what GitLab takes, each entry by itself', () => {
    const list = entries(sampleResult());
    expect(validate(list)).toBe(true);
    expect(complaints(list)).toEqual([]);
    expect(new Set(list.map(({ fingerprint }) => fingerprint)).size).toBe(list.length);
    for (const { location } of list) expect(location.path).not.toMatch(/^\/|^[a-z]+:/);
  });

  it('begins without a byte order mark and is an empty list where there is nothing', () => {
    expect(render('gitlab', resultOf([]))).toEqual({ text: '[]\n', warnings: [] });
  });

  it('leaves out passes and what is waived, and says the latter', () => {
    const { findings } = sampleResult();
    const open = findings.filter(({ status }) => status === 'fail' || status === 'unknown');
    expect(entries(sampleResult()).filter(({ check_name }) => check_name !== 'sealcheck-incomplete')).toHaveLength(open.length);
    expect(render('gitlab', sampleResult()).warnings).toEqual([
      'what is waived is left out (findings: 2, gaps: 0): the format has no mark for it',
    ]);
  });
});

describe('an entry', () => {
  const scopes = [liveScope('123456789012', 'us-east-1'), codeScope('infra')];
  const severities: readonly (readonly [policy: string, severity: string])[] = [
    ['secretsmanager-no-public-access', 'blocker'],
    [interval, 'critical'],
    ['kms-key-rotates', 'major'],
    ['ssm-parameter-database-credential-rotates', 'minor'],
  ];
  it.each(severities)('of %s is %s', (policy, severity) => {
    expect(entries(resultOf([liveFinding(policy, { name: 'a' }, failing)]))).toMatchObject([{ severity, check_name: policy }]);
  });

  it('of an unknown is there, with the fingerprint of the failure that it may hide', () => {
    const [failed] = entries(resultOf([liveFinding(interval, { name: 'a' }, failing)]));
    const [unknown] = entries(resultOf([liveFinding(interval, { name: 'a' }, unreadable)]));
    expect(unknown).toMatchObject({ fingerprint: failed?.fingerprint, severity: 'info' });
    expect(unknown?.description).toMatch(/^Could not verify: /);
  });

  const places: readonly (readonly [what: string, finding: ReturnType<typeof liveFinding>, path: string, line: number])[] = [
    ['a block in its file', codeFinding(interval, 'x.a', 'infra/a b.tf', 7, failing), 'infra/a b.tf', 7],
    ['a block without a file', codeFinding(interval, 'x["é"]', undefined, 0, failing), 'terraform/infra/x%5B%22%C3%A9%22%5D', 1],
    ['a live resource', liveFinding(interval, { name: 'prod/db' }, failing), 'aws/123456789012/us-east-1/secretsmanager/secret/prod/db', 1],
  ];
  it.each(places)('has the place of %s', (_, finding, path, begin) => {
    expect(entries(resultOf([finding], { scopes }))).toMatchObject([{ location: { path, lines: { begin } } }]);
  });

  it('says the same from run to run: not the message, which may hold ages', () => {
    const [entry] = entries(resultOf([liveFinding(interval, { name: 'a' }, { ...failing, message: 'is 412 days old' })]));
    expect(entry?.description).toBe('Secrets rotate at least every 90 days: a');
  });
});

it('is valid whatever the names are', () => {
  fc.assert(
    fc.property(hostileTexts, (texts) => {
      const list = entries(hostileResult(texts));
      expect(validate(list)).toBe(true);
      expect(complaints(list.map((entry) => ({ ...entry, location: { ...entry.location, path: entry.location.path || 'x' } })))).toEqual(
        [],
      );
      expect(list).toHaveLength(6);
    }),
  );
});
