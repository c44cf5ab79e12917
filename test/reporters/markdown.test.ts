import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { byteLength, codeSpan, prose } from '../../src/reporters/markdown/markdown-text.ts';
import { hostileNames } from './hostile-names.ts';
import { hostileResult, hostileText, hostileTexts } from './hostile-result.ts';
import { childrenOf, elementsOf, readXml, textOf, type XmlElement } from './read-xml.ts';
import { render } from './render.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, failing, interval, liveScope, unreadable } from './sarif-cases.ts';

/** As GitHub renders it, its own filters for mentions and references left out. Raw HTML would stay, and show. */
function page(markdown: string): XmlElement {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  // Not characters of XML, though they are of HTML.
  return readXml(`<page>${html.replace(/[\ufffe\uffff]/g, '?')}</page>`);
}

/** The text that is not in code: there alone GitHub looks for mentions, references, emoji and commits. */
const bareText = (element: XmlElement): string => textOf(element, 'code');

const shape = (element: XmlElement): unknown => [
  element.name,
  childrenOf(element)
    .filter(({ name }) => !['code', 'p'].includes(name))
    .map(shape),
];

describe.each(['markdown', 'markdown-comment'])('%s', (format) => {
  it('is the same document whatever the names are: the same elements, and links to no other place', () => {
    const plain = hostileResult({ name: 'name', message: 'message', itemKey: 'key', note: 'note' });
    const expected = JSON.stringify(shape(page(render(format, plain).text)));
    fc.assert(
      fc.property(hostileTexts, (texts) => {
        const found = page(render(format, hostileResult(texts)).text);
        expect(JSON.stringify(shape(found))).toBe(expected);
        for (const { attributes } of elementsOf(found, 'a')) expect(attributes['href']).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
        expect(bareText(found)).not.toMatch(/@\w|#\d|GH-\d|:[a-z]+:|[0-9a-f]{7}|\$|www\.|:\/\//i);
      }),
    );
  });

  it('has no raw HTML, and as many cells in each row as in the head', () => {
    fc.assert(
      fc.property(hostileTexts, (texts) => {
        const { text } = render(format, hostileResult(texts));
        expect(text).not.toContain('<');
        expect(text.replace(/`[^`\n]*`/g, '')).not.toMatch(/@|\]\((?!https:\/\/docs\.aws)/);
        for (const line of text.split('\n')) {
          if (line.startsWith('| ')) expect([6 + 2, 7 + 2]).toContain(line.split(/(?<!\\)\|/).length);
        }
      }),
    );
  });

  it('marks what is new, what the plan does and a waiver that has run out', () => {
    const expiredWaiver = { id: 'old-job', reason: 'r', owner: 'o', expires: '2026-10-01' };
    const findings: readonly Finding[] = [
      { ...liveFinding(interval, { name: 'a' }, failing), state: 'new', plan: 'left', expiredWaiver },
      { ...codeFinding(interval, 'x.b', 'a.tf', 3, failing), resource: { type: 'T', address: 'x.b', name: 'x.b', change: 'none' } },
    ];
    const { text } = render(format, resultOf(findings, { scopes: [liveScope('123456789012', 'us-east-1'), codeScope('infra')] }));
    expect(text).toContain('it fails **new; this plan leaves it; waiver old-job expired on 2026-10-01** |');
    expect(text).toContain('| `x.b` | `a.tf:3` | it fails **unchanged by the plan** |');
  });

  it('compares with the run before, and names what is fixed', () => {
    const { run } = sampleResult();
    const fixed = Array.from({ length: 60 }, (_, index) => {
      const name = `s${index}`;
      return { id: `f1_${'0'.repeat(32)}`, policyId: interval, severity: 'high', address: name, name } as const;
    });
    const baseline = {
      runId: 'r',
      asOf: '2026-11-01T08:00:00.000Z',
      new: 1,
      persisting: 2,
      reopened: 0,
      unverified: 0,
      fixed,
      notJudged: 3,
    };
    const { text } = render(format, resultOf([], { run: { ...run, baseline } }));
    expect(text).toContain('Compared with the run of `2026-11-01`: 1 new · 2 persisting · 60 fixed · 3 not judged.');
    expect(text).toContain(`- fixed: \`${interval}\` \`s0\`\n`);
    expect(text).toMatch(/\n- … and \d\d more\n/);
  });

  it('says what the code does to the live findings', () => {
    const plan = { fixed: 4, left: 3, undecided: 2, elsewhere: 1 };
    const { run } = sampleResult();
    expect(render(format, resultOf([], { run: { ...run, plan } })).text).toContain(
      'this code fixes 4, leaves 3, cannot decide 2; 1 not in it.',
    );
  });

  it('never calls well what is not', () => {
    const { run } = sampleResult();
    const compliant = { ...run, outcome: 'compliant', exitCode: 0 } as const;
    const heads = [resultOf([], { run: compliant }), resultOf([], { run: { ...run, outcome: 'incomplete' } })].map(
      (result) => render(format, result).text.split('\n')[0],
    );
    expect(heads).toEqual(['# Sealcheck: compliant', '# Sealcheck: incomplete']);
    expect(render(format, resultOf([liveFinding(interval, { name: 'a' }, unreadable)], { run: compliant })).text).toMatch(
      /^# Sealcheck: 1 not verified\n/,
    );
    const failed = [liveScope('123456789012', 'us-east-1', { status: 'failed' })];
    expect(render(format, resultOf([], { run: compliant, scopes: failed })).text).toContain('Nothing fails in what could be read.');
  });
});

describe('the size', () => {
  const wide = '数据库🔑'.repeat(200);
  const many = (count: number, name: string): readonly Finding[] =>
    Array.from({ length: count }, (_, index) =>
      liveFinding(
        index === count - 1 ? 'secretsmanager-no-public-access' : interval,
        { name: `${index}${name}` },
        { ...failing, message: `${name} fails` },
      ),
    );
  const cases: readonly (readonly [format: string, bytes: number, count: number, name: string])[] = [
    ['markdown', 900_000, 20_000, 'prod/db'],
    ['markdown', 900_000, 5000, wide],
    ['markdown-comment', 65_536, 20_000, 'prod/db'],
    ['markdown-comment', 65_536, 5000, wide],
  ];
  it.each(cases)(
    'of %s is at most %i bytes with %i findings, the most severe first, and what is left out is said',
    (format, bytes, count, name) => {
      const { run } = sampleResult();
      const notes = Array.from({ length: 200 }, () => wide);
      const { text, warnings } = render(format, resultOf(many(count, name), { run: { ...run, notes } }));
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(bytes);
      const shown = [...text.matchAll(/^\| ✖ fail \| (critical|high) \|.*\[?`/gm)].map(([, severity]) => severity);
      expect(shown[0]).toBe('critical');
      expect(shown.length).toBeGreaterThan(20);
      const left = count - shown.length;
      expect(text).toContain(`**${left} more findings are left out here** (${left} high)`);
      expect(warnings).toEqual([`${left} of ${count} findings are left out, the least severe: the document has a limit`]);
      expect(childrenOf(page(text)).map((child) => child.name)).toContain('table');
    },
  );

  it('of text is counted as it is encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

describe('text', () => {
  const sentences: readonly (readonly [text: string, markdown: string])[] = [
    ['prod/db may go 180 days without a rotation; the limit is 90', '`prod/db` may go 180 days without a rotation; the limit is 90'],
    ['the value was last set on 2026-02-04 00:02 UTC', 'the value was last set on 2026-02-04 00:02 UTC'],
    ['grants secretsmanager:GetSecretValue to @octocat, who left', 'grants `secretsmanager:GetSecretValue` to `@octocat`, who left'],
    ['Run `sealcheck permissions`.', "Run 'sealcheck permissions'."],
    ['1. first', '`1`. first'],
    ['15 regions', '15 regions'],
    ['(see #12)', '(see `#12)`'],
    ['- # > list', '`- # >` list'],
    ['https://evil.example www.evil.example', '`https://evil.example www.evil.example`'],
    ['deadbeefdeadbeef0 of 123456789012', '`deadbeefdeadbeef0` of `123456789012`'],
    ['  spaced   out ', 'spaced out'],
    [hostileNames.markdown, "`[click](https://evil.example)` `**bold**` 'code' `\\u{7c}` cell"],
  ];
  it.each(sentences)('%j', (text, markdown) => {
    expect(prose(text, 400)).toBe(markdown);
  });

  it.each([
    ['a|b', '`a\\u{7c}b`'],
    ['a`b', '`a\\u{60}b`'],
    ['', '`(blank)`'],
    ['  ', '`(blank)`'],
    ['a\nb', '`a\\u{a}b`'],
  ])('%j in code', (text, markdown) => {
    expect(codeSpan(text, 100)).toBe(markdown);
  });

  it('is one paragraph of words and code, whatever it is', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 60 }), (text, most) => {
        for (const markdown of [prose(text, most), codeSpan(text, most)]) {
          const found = page(markdown);
          const names = (element: XmlElement): readonly string[] => childrenOf(element).flatMap((child) => [child.name, ...names(child)]);
          expect(new Set([...names(found), 'p', 'code'])).toEqual(new Set(['p', 'code']));
          expect(bareText(found)).toMatch(/^[A-Za-z0-9\s"'(),.;:!?-]*$/);
        }
      }),
    );
  });
});
