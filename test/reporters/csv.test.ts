import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { csvLine, inertText } from '../../src/reporters/csv-cell.ts';
import { safeText } from '../../src/reporters/safe-text.ts';
import { hostileResult, hostileText, hostileTexts } from './hostile-result.ts';
import { readCsv } from './read-csv.ts';
import { render } from './render.ts';
import { sampleResult } from './sample-result.ts';

type Row = { readonly [column: string]: string };

function rows(result: ScanResult): readonly Row[] {
  const [header = [], ...records] = readCsv(render('csv', result).text);
  for (const record of records) expect(record).toHaveLength(header.length);
  return records.map((record) => Object.fromEntries(header.map((column, index) => [column, record[index] ?? ''])));
}

describe('the table', () => {
  it('has a line for the run, for each gap and for each finding that is a result', () => {
    const found = rows(sampleResult());
    const { findings } = sampleResult();
    expect(found.filter(({ record }) => record === 'run')).toMatchObject([{ status: 'violations' }]);
    expect(found.filter(({ record }) => record === 'gap').map(({ scope, action }) => `${scope ?? ''} ${action ?? ''}`)).toEqual([
      'aws/210987654321/eu-west-1 ssm:DescribeParameters',
      'aws/210987654321/us-west-2 secretsmanager:ListSecrets',
    ]);
    expect(found.filter(({ record }) => record === 'finding').map(({ id }) => id)).toEqual(
      findings.filter(({ status }) => status !== 'not_applicable').map(({ id }) => id),
    );
  });

  it('says of an unknown why, and of a waived one by which waiver', () => {
    const found = rows(sampleResult());
    expect(found.find(({ status }) => status === 'unknown' && status)).toMatchObject({ reason: expect.stringMatching(/./) as string });
    expect(found.find(({ name }) => name === 'vendor/blob')).toMatchObject({
      ...{ status: 'waived', waiver: 'legacy-batch', waiver_owner: 'team-payments', waiver_expires: '2027-03-31', reason: 'access-denied' },
    });
  });
});

describe('a cell', () => {
  const formulas: readonly (readonly [text: string, inert: string])[] = [
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['a;=1', "a;'=1"],
    ['a; -1', "a;' -1"],
    ['\t=1', '\\u{9}=1'],
    ['a=1', 'a=1'],
    ['a-b', 'a-b'],
    ['first\r\nsecond', 'first\\u{d}\\u{a}second'],
  ];
  it.each(formulas)('%j is inert', (text, inert) => {
    expect(inertText(text)).toBe(inert);
    expect(readCsv(csvLine([text, 'x']))).toEqual([[inert, 'x']]);
  });

  it('comes back as it was but for what makes it inert, and is never a formula under any separator', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 5 }), (cells) => {
        const line = csvLine(cells);
        const [back = []] = readCsv(line);
        expect(back.map((cell) => cell.replace(/(^|;)'(?=\s*[=+\-@＝＋－＠])/g, '$1'))).toEqual(
          cells.map((cell) => safeText(cell).replace(/(^|;)'(?=\s*[=+\-@＝＋－＠])/g, '$1')),
        );
        for (const cell of back) expect(cell).not.toMatch(/^\s*[=+\-@]/);
        // Where a semicolon separates, a cell begins after each one, and a comma in quotes is text as everywhere.
        for (const cell of line.split(';')) expect(cell).not.toMatch(/^"?\s*[=+\-@]/);
      }),
    );
  });
});

it('keeps its form whatever the names are', () => {
  fc.assert(
    fc.property(hostileTexts, (texts) => {
      const found = rows(hostileResult(texts));
      expect(found.map(({ record }) => record)).toEqual(['run', 'gap', 'gap', 'scope', 'waiver', ...Array<string>(5).fill('finding')]);
      expect(found[5]).toMatchObject({ message: inertText(texts.message), name: inertText(texts.name) });
    }),
  );
});
