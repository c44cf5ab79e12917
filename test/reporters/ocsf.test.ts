import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { hostileResult, hostileTexts } from './hostile-result.ts';
import { mutate } from './mutate.ts';
import { render } from './render.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { failing, interval, unreadable } from './sarif-cases.ts';

interface Event {
  readonly activity_id: number;
  readonly type_uid: number;
  readonly status_id?: number;
  readonly finding_info: { readonly uid: string };
  readonly compliance: { readonly status_id: number; readonly status: string };
  readonly unmapped: { readonly [name: string]: unknown };
}

const file = new URL('../fixtures/third-party/ocsf-1.5.0/compliance_finding.cloud.json', import.meta.url);
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);

function errorsOf(events: readonly unknown[]): readonly string[] {
  return events.flatMap((event) =>
    validate(event) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`),
  );
}

const events = (result: ScanResult): readonly Event[] => JSON.parse(render('ocsf', result).text) as readonly Event[];

describe('the events', () => {
  it('are valid by the schema of OCSF 1.5.0, which allows nothing that it does not know', () => {
    expect(errorsOf(events(sampleResult()))).toEqual([]);
  });

  it.each(['finding_info.uid', 'metadata.product', 'cloud.provider', 'time', 'type_uid'])('would not be without %s', (path) => {
    const [event] = events(sampleResult());
    expect(errorsOf([mutate(event, path, () => undefined)])).not.toEqual([]);
  });

  it('are as many as there are gaps and results', () => {
    const { findings } = sampleResult();
    expect(events(sampleResult())).toHaveLength(2 + findings.filter(({ status }) => status !== 'not_applicable').length);
    expect(render('ocsf', resultOf([])).text).toBe('[]\n');
  });

  it('stand one a line', () => {
    for (const line of render('ocsf', sampleResult()).text.split('\n').slice(1, -2)) expect(line).toMatch(/^\{.*\},?$/);
  });
});

describe('the status', () => {
  const waiver = { id: 'w', reason: 'r', owner: 'o', expires: '2027-01-01' };
  const unknown: Finding = liveFinding(interval, { name: 'a' }, unreadable);
  const cases: readonly (readonly [what: string, finding: Finding, check: string, lifecycle: number | undefined, activity: number])[] = [
    ['a pass', liveFinding(interval, { name: 'a' }, { status: 'pass' }), 'Pass', undefined, 1],
    ['a failure', liveFinding(interval, { name: 'a' }, failing), 'Fail', 1, 1],
    ['a failure that was there before', { ...liveFinding(interval, { name: 'a' }, failing), state: 'persisting' }, 'Fail', undefined, 2],
    ['an unknown', unknown, 'Warning', 1, 1],
    ['a waived failure', liveFinding(interval, { name: 'a' }, { ...failing, status: 'waived', waiver }), 'Fail', 3, 1],
    ['a waived unknown', liveFinding(interval, { name: 'a' }, { ...unreadable, status: 'waived', waiver }), 'Warning', 3, 1],
  ];
  it.each(cases)('of %s', (_, finding, check, lifecycle, activity) => {
    const [event] = events(resultOf([finding]));
    expect(event).toMatchObject({
      ...{ compliance: { status: check }, activity_id: activity, type_uid: 200_300 + activity },
      unmapped: { status: finding.status },
    });
    expect(event?.status_id).toBe(lifecycle);
  });

  it('of a gap is Unknown', () => {
    expect(events(sampleResult()).slice(0, 2)).toMatchObject([
      { compliance: { status: 'Unknown', status_id: 0 }, unmapped: { scope: 'aws/210987654321/eu-west-1' } },
      { compliance: { status: 'Unknown', status_id: 0 }, unmapped: { scope: 'aws/210987654321/us-west-2', scope_status: 'failed' } },
    ]);
  });
});

it('is valid whatever the names are', () => {
  fc.assert(
    fc.property(hostileTexts, (texts) => {
      expect(errorsOf(events(hostileResult(texts)))).toEqual([]);
    }),
  );
});
