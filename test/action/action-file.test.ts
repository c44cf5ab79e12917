import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inputNames, readActionInputs } from '../../src/cli/action/action-inputs.ts';
import { scanArguments } from '../../src/cli/action/scan-arguments.ts';
import { stepOutputs } from '../../src/cli/action/step-outputs.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';

interface ActionFile {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly required: boolean; readonly default?: string } };
  readonly outputs: { readonly [name: string]: unknown };
  readonly runs: { readonly using: string; readonly main: string };
}

const action = parse(readFileSync('action.yml', 'utf8')) as ActionFile;
const files = { json: '/t/findings.json', sarif: '/t/sealcheck.sarif' };
const variables = (inputs: { readonly [name: string]: string }): { readonly [name: string]: string } =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));

describe('action.yml', () => {
  it('runs one file with Node 24', () => expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.mjs' }));

  it('has the inputs that are read, none of them required', () => {
    expect(Object.keys(action.inputs)).toEqual([...inputNames]);
    expect(Object.values(action.inputs).filter(({ required }) => required)).toEqual([]);
  });

  it('has the defaults that hold where a runner gives none', () => {
    const given = Object.entries(action.inputs).flatMap(([name, one]) =>
      one.default === undefined || name === 'token' ? [] : [[name, one.default] as const],
    );
    expect(given.length).toBeGreaterThan(3);
    expect(readActionInputs(variables(Object.fromEntries(given)))).toEqual(readActionInputs({}));
  });

  it('has the outputs that are written', () => {
    const result = { run: { outcome: 'compliant' }, scopes: [], findings: [], summary: { findings: {} } } as unknown as ScanResult;
    expect(Object.keys(action.outputs)).toEqual(Object.keys(stepOutputs(result, 0, { json: '', sarif: [] })));
  });
});

describe('the command line of a step', () => {
  const all = {
    target: 'a.json "b c.json" --exit-zero',
    aws: 'TRUE',
    args: '--region all',
    policies: 'p1 p2',
    config: 'c.yaml',
    'fail-on': 'high',
    'fail-on-unknown': 'never',
    'fail-on-new': 'true',
    baseline: '-x.json',
    'state-dir': 's3://bucket/prefix',
    formats: 'junit=j.xml\nmarkdown-comment="a b.md"',
  };

  it('has all that was given: arguments first, so that inputs count, and paths last, so that none is a flag', () => {
    expect(scanArguments(readActionInputs(variables(all)), files)).toEqual([
      ...['scan', '--quiet', '--region', 'all', '--aws', '--policies=p1', '--policies=p2', '--config=c.yaml'],
      ...['--fail-on=high', '--fail-on-unknown=never', '--fail-on-new', '--baseline=-x.json', '--state-dir=s3://bucket/prefix'],
      ...[
        '--format=json=/t/findings.json',
        '--format=sarif=/t/sealcheck.sarif',
        '--format=junit=j.xml',
        '--format=markdown-comment=a b.md',
      ],
      ...['--', 'a.json', 'b c.json', '--exit-zero'],
    ]);
  });

  it('is the least where nothing was given', () => {
    expect(scanArguments(readActionInputs({}), files)).toEqual([
      ...['scan', '--quiet', '--format=json=/t/findings.json', '--format=sarif=/t/sealcheck.sarif'],
    ]);
  });
});
