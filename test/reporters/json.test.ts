import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findReporter, reporters } from '../../src/reporters/index.ts';
import { toJsonText } from '../../src/reporters/json-text.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';

const options = { color: false, columns: 80, links: false, sarif: { unknown: 'all', waived: 'omit' } } as const;

describe('the json reporter', () => {
  it('gives the result back, keys in their order', () => {
    const result = sampleResult();
    const { text, warnings } = findReporter('json')?.render(result, options) ?? { text: '', warnings: ['none'] };
    expect(JSON.parse(text)).toEqual(result);
    expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(result));
    expect(text.endsWith('\n}\n')).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('writes tens of thousands of findings', () => {
    const findings = Array.from({ length: 40_000 }, (_, index) =>
      liveFinding('kms-key-rotates', { name: `k${index}` }, { status: 'pass' }),
    );
    const { text } = findReporter('json')?.render(resultOf(findings), options) ?? { text: '{}' };
    expect((JSON.parse(text) as { findings: unknown[] }).findings).toHaveLength(40_000);
  });
});

describe('toJsonText', () => {
  it('is the same value with nothing in it that steers a terminal', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = toJsonText(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  it.each(['##vso[task.complete]', '##[error]', '##teamcity[x]', '###[x]'])('holds no CI command: %s', (text) => {
    expect(JSON.parse(toJsonText({ [text]: [text] }))).toEqual({ [text]: [text] });
    expect(toJsonText({ [text]: [text] })).not.toMatch(/##[a-z]*\[/i);
  });
});

describe('the registry', () => {
  it('knows every reporter by its name', () => {
    expect(reporters.map(({ name }) => name)).toEqual([
      ...['text', 'json', 'sarif', 'html', 'markdown', 'markdown-comment', 'github', 'gitlab', 'junit', 'csv', 'ndjson', 'ocsf'],
    ]);
    for (const reporter of reporters) expect(findReporter(reporter.name)).toBe(reporter);
    expect(findReporter('yaml')).toBeUndefined();
  });

  it.each(reporters.map((reporter) => [reporter.name, reporter] as const))('%s is pure and ends with a newline', (_, reporter) => {
    const result = sampleResult();
    const before = JSON.stringify(result);
    const first = reporter.render(result, options);
    expect(reporter.render(result, options)).toEqual(first);
    expect(first.text.endsWith('\n')).toBe(true);
    expect(JSON.stringify(result)).toBe(before);
  });
});
