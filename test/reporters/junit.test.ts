import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { statuses } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { safeText } from '../../src/reporters/safe-text.ts';
import { hostileResult, hostileTexts } from './hostile-result.ts';
import { childrenOf, elementsOf, readXml, textOf, type XmlElement } from './read-xml.ts';
import { render } from './render.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { interval } from './sarif-cases.ts';

const schema = readFileSync(new URL('../fixtures/third-party/junit-10/junit-10.xsd', import.meta.url), 'utf8');

async function schemaErrors(document: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: document }], schema: [schema] });
  return errors.map(({ message }) => message);
}

function read(result: ScanResult): { readonly root: XmlElement; readonly cases: readonly XmlElement[] } {
  const root = readXml(render('junit', result).text);
  return { root, cases: elementsOf(root, 'testcase') };
}

const element = (one: XmlElement): string => childrenOf(one)[0]?.name ?? 'pass';

describe('the file', () => {
  it('is valid by the schema of Jenkins', async () => {
    expect(await schemaErrors(render('junit', sampleResult()).text)).toEqual([]);
    expect(await schemaErrors(render('junit', resultOf([])).text)).toEqual([]);
  });

  const broken: readonly (readonly [what: string, change: (text: string) => string])[] = [
    ['a case without a name', (text) => text.replace('<testcase name=', '<testcase title=')],
    ['an element that is none', (text) => text.replaceAll('failure', 'failed')],
    ['a file attribute', (text) => text.replace('<testcase ', '<testcase file="a.tf" ')],
  ];
  it.each(broken)('would not be with %s', async (_, change) => {
    expect(await schemaErrors(change(render('junit', sampleResult()).text))).not.toEqual([]);
  });

  it('counts what it holds', () => {
    const { root, cases } = read(sampleResult());
    const number = (name: string): number => cases.filter((one) => element(one) === name).length;
    expect(root.attributes).toMatchObject({
      tests: String(cases.length),
      failures: String(number('failure')),
      errors: String(number('error')),
      time: '4.210',
    });
    for (const suite of elementsOf(root, 'testsuite')) {
      const own = elementsOf(suite, 'testcase').map(element);
      expect(suite.attributes).toMatchObject({
        tests: String(own.length),
        failures: String(own.filter((name) => name === 'failure').length),
        errors: String(own.filter((name) => name === 'error').length),
        skipped: String(own.filter((name) => name === 'skipped').length),
      });
    }
  });
});

describe('a finding', () => {
  it('has the element of its status', () => {
    const { findings } = sampleResult();
    const { cases } = read(sampleResult());
    const found = cases.filter(({ attributes }) => attributes['classname'] !== 'sealcheck.read').map(element);
    const expected = { pass: 'pass', fail: 'failure', unknown: 'error', waived: 'skipped' };
    for (const status of statuses) {
      if (status === 'not_applicable') continue;
      expect(found.filter((name) => name === expected[status])).toHaveLength(
        findings.filter((finding) => finding.status === status).length,
      );
    }
  });

  it('is told from every other by class and name, as GitLab compares them', () => {
    const twice = liveFinding(interval, { name: 'same' }, { status: 'pass' });
    const { cases } = read(resultOf([...sampleResult().findings, twice, { ...twice, id: `f1_${'1'.repeat(32)}` }]));
    const names = cases.map(({ attributes }) => JSON.stringify([attributes['classname'], attributes['name']]));
    expect(new Set(names).size).toBe(names.length);
  });

  it('says that passes are missing where the result has none', () => {
    const { run } = sampleResult();
    expect(render('junit', resultOf([], { run: { ...run, detail: 'failing' } })).warnings).toHaveLength(1);
    expect(render('junit', resultOf([])).warnings).toEqual([]);
  });
});

describe('what was read', () => {
  it('is a test for each scope, an error where something is missing', () => {
    const { cases } = read(sampleResult());
    const own = cases.filter(({ attributes }) => attributes['classname'] === 'sealcheck.read');
    expect(own.map((one) => `${one.attributes['name'] ?? ''}: ${element(one)}`)).toEqual([
      'the run: pass',
      'aws/123456789012/global: pass',
      'aws/123456789012/us-east-1: pass',
      'aws/210987654321/eu-west-1: error',
      'aws/210987654321/us-west-2: error',
      'terraform/infra: pass',
    ]);
  });
});

describe('hostile text', () => {
  it('leaves the document as it is, and comes back as visible text', () => {
    fc.assert(
      fc.property(hostileTexts, (texts) => {
        const { root, cases } = read(hostileResult(texts));
        expect(cases.map(element)).toEqual(
          ['pass', 'error', 'error', 'pass', 'skipped', 'pass', 'failure', 'failure', 'error'].map((each, index) =>
            index === 0 ? 'error' : each,
          ),
        );
        expect(elementsOf(root, 'failure').flatMap(childrenOf)).toEqual([]);
        const [failure] = elementsOf(root, 'failure');
        expect(failure && textOf(failure)).toContain(safeText(texts.message).replace(/[\ufffe\uffff]/g, '\ufffd'));
      }),
    );
  });
});
