import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../../src/model/history-point.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { encodeFindings } from '../../src/reporters/html/encode-findings.ts';
import { htmlReporter } from '../../src/reporters/html.ts';
import { htmlOptions } from './html-options.ts';
import { liveFinding } from './sample-finding.ts';
import { manyFindings } from './many-findings.ts';
import { resultOf, sampleResult } from './sample-result.ts';

const render = (result: ScanResult, history?: readonly HistoryPoint[]): string =>
  htmlReporter.render(result, history === undefined ? htmlOptions : { ...htmlOptions, history }).text;

/** The text of an element of the page by the id of the heading that names it. */
function partOf(page: string, id: string): string {
  const from = page.indexOf(`aria-labelledby="${id}"`);
  const to = page.indexOf('</section>', from);
  return from < 0
    ? ''
    : page
        .slice(from, to)
        .replace(/^[^>]*>/, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
        .replace(/\s+/g, ' ');
}

const pass = liveFinding('kms-key-rotates', { name: 'a' }, { status: 'pass' });
const unknown = liveFinding(
  'kms-key-rotates',
  { name: 'b' },
  {
    status: 'unknown',
    message: 'not verified',
    unknown: [{ path: 'x', reason: 'access-denied', detail: 'denied' }],
    evidence: [],
  },
);
const passes = (count: number): readonly (typeof pass)[] => Array.from({ length: count }, () => pass);

describe('the file', () => {
  it('is the same byte for byte when it is made again', () => {
    expect(render(sampleResult())).toBe(render(sampleResult()));
    const many = manyFindings(3000);
    expect(render(many)).toBe(render(structuredClone(many)));
  });

  it('is what is written down for the sample, but for its script and style', async () => {
    const page = render(sampleResult())
      .replace(/<(script|style)>[\s\S]*?<\/\1>/g, '<$1>…</$1>')
      .replace(/sha256-[\w+/=]+/g, 'sha256-…');
    await expect(page).toMatchFileSnapshot('__snapshots__/sample.html');
  });

  it('allows by its content policy what is in it, and nothing else', () => {
    const page = render(sampleResult());
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    const hashes = (tag: string): readonly string[] =>
      [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(
        ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
      );
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashes('script').join(' ')}`,
      `style-src ${hashes('style').join(' ')}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(hashes('script')).toHaveLength(2);
  });

  it('has no style attribute, no handler and no address to load from', () => {
    const markup = render(sampleResult()).replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/<[^>]+\s(style|on\w+|src|srcset|data|background|poster)=/i);
    expect(markup).not.toMatch(/<(link|img|iframe|object|embed|form|base)\b/i);
  });

  it('holds 25,000 findings in less than 4 MB, compressed', () => {
    const page = render(manyFindings(25_000));
    expect(page.length).toBeLessThan(4_000_000);
    const [, base64 = ''] = /data-encoding="gzip">([^<]+)</.exec(page) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    expect([...bytes.subarray(4, 10)]).toEqual([0, 0, 0, 0, 2, 255]);
    const data = JSON.parse(gunzipSync(bytes).toString()) as { readonly ids: readonly string[] };
    expect(data.ids).toHaveLength(25_000);
  });
});

describe('unknown is never shown as a pass', () => {
  const cases: readonly (readonly [name: string, result: ScanResult, score: string, coverage: string])[] = [
    ['all pass', resultOf(passes(10)), '100 %', '100 %'],
    ['one unknown among many', resultOf([...passes(999), unknown]), '99 %', '99 %'],
    ['nothing but unknown', resultOf([unknown]), '0 %', '0 %'],
    ['all pass, and a gap', resultOf(passes(10), { scopes: sampleResult().scopes }), '< 100 %', '< 100 %'],
    ['nothing judged', resultOf([]), '–', '–'],
  ];

  it.each(cases)('%s', (_, result, score, coverage) => {
    const page = render(result);
    expect(partOf(page, 'score')).toContain(` ${score} `);
    expect(partOf(page, 'coverage-figure')).toContain(` ${coverage} `);
    if (score !== '100 %') expect(page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')).not.toMatch(/(?<!&#60; )\b100 %/);
  });

  it('nor is waived', () => {
    const waiver = { id: 'w', reason: 'r', owner: 'o', expires: '2027-01-01' };
    const waived = liveFinding('kms-key-rotates', { name: 'c' }, { status: 'waived', message: 'no', evidence: [], waiver });
    expect(partOf(render(resultOf([pass, waived])), 'score')).toContain(' 50 % ');
  });

  it('and what could not be read is said, with what to do about it', () => {
    const page = render(sampleResult());
    expect(page).toContain('Grant ssm:DescribeParameters to the caller');
    expect(page).toContain('Could not be read');
    expect(partOf(page, 'coverage-figure')).toContain('2 of 5 scopes could not be read as a whole (2 gaps): resources may be missing.');
  });

  it('an interrupted run says that it is only a part', () => {
    const sample = resultOf(passes(3));
    const page = render({ ...sample, run: { ...sample.run, outcome: 'interrupted', exitCode: 130, exitReason: 'interrupted' } });
    expect(partOf(page, 'verdict')).toContain('was interrupted: what follows is only a part');
    expect(partOf(page, 'score')).toContain(' < 100 % ');
  });
});

describe('what changed', () => {
  it('is said of a baseline: failed yesterday, denied today is persisting, never fixed', () => {
    const sample = resultOf([{ ...unknown, state: 'persisting' }]);
    const baseline = {
      runId: 'r',
      asOf: '2026-11-19T20:00:00.000Z',
      new: 0,
      persisting: 1,
      reopened: 0,
      unverified: 0,
      fixed: [],
      notJudged: 4,
    };
    const text = partOf(render({ ...sample, run: { ...sample.run, baseline } }), 'changes');
    expect(text).toContain('New 0 Persisting 1 Fixed 0 Not judged this time 4');
    expect(text).toContain('Since 2026-11-19 20:00 UTC');
  });

  it('is said not to be known without one', () => {
    expect(partOf(render(sampleResult()), 'changes')).toContain('compared with no other');
  });
});

describe('the key of an item', () => {
  const closed = { id: `f1_${'0'.repeat(32)}`, policyId: 'kms-key-rotates', severity: 'high', address: 'c', name: 'c' } as const;
  const shown = (itemKey: string): readonly boolean[] => {
    const sample = sampleResult();
    const baseline = {
      runId: 'r',
      asOf: '2026-11-19T20:00:00.000Z',
      new: 0,
      persisting: 1,
      reopened: 0,
      unverified: 0,
      fixed: [{ ...closed, itemKey }],
      notJudged: 0,
    };
    const findings = [{ ...unknown, itemKey }];
    const page = render({ ...resultOf(findings), run: { ...sample.run, baseline } });
    return [encodeFindings(resultOf(findings)).strings.includes(itemKey), page.includes(`(${itemKey})`)];
  };

  it('is shown where it is a name, in the list and among what is fixed', () => {
    expect(shown('AllowPartner')).toEqual([true, true]);
  });

  it.each(['0123456789ab', '0123456789ab#2'])(
    'is not shown where it is made of the content, since it tells people nothing: %s',
    (itemKey) => {
      expect(shown(itemKey)).toEqual([false, false]);
    },
  );
});

describe('findings over time', () => {
  const { run, summary } = sampleResult();
  const point = (runId: string, asOf: string): HistoryPoint => ({
    runId,
    asOf,
    findings: summary.findings,
    bySeverity: summary.bySeverity,
  });

  it.each([
    ['no history', undefined, 'No history was given'],
    ['an empty one', [], 'holds no earlier run'],
    ['one of this run alone', [point(run.id, run.asOf)], 'holds no earlier run'],
    [
      'two earlier runs and this one',
      [point('b', '2026-11-02T00:00:00Z'), point('a', '2026-11-01T00:00:00Z'), point(run.id, run.asOf)],
      'The last 3 runs.',
    ],
  ])('%s', (_, history, text) => {
    expect(partOf(render(sampleResult(), history), 'trend')).toContain(text);
  });

  it('is in the order of the runs', () => {
    const page = render(sampleResult(), [point('b', '2026-11-02T00:00:00Z'), point('a', '2026-11-01T00:00:00Z')]);
    const days = [...page.matchAll(/<th scope="row">(2026-\d\d-\d\d)<\/th>/g)].map(([, day]) => day);
    expect(days).toEqual(['2026-11-01', '2026-11-02', '2026-11-20']);
  });
});

describe('the age of values', () => {
  const dated = (name: string, value: string | undefined): ReturnType<typeof liveFinding> =>
    liveFinding(
      'secretsmanager-rotated-recently',
      { name },
      {
        status: 'fail',
        message: 'old',
        evidence: [value === undefined ? { path: 'valueChangedAt', state: 'unknown' } : { path: 'valueChangedAt', state: 'value', value }],
      },
    );

  it('is counted from the evidence, in whole days; what is not known is a bar of its own', () => {
    const [first] = sampleResult().policies;
    if (first === undefined) throw new Error('no policy');
    const policies = [{ ...first, id: 'secretsmanager-rotated-recently', params: { maxDays: 90 }, counts: { ...first.counts, pass: 7 } }];
    const findings = [
      dated('a', '2026-08-21T00:00:00Z'),
      dated('b', '2026-05-24T20:00:00Z'),
      dated('c', '2024-01-01T00:00:00Z'),
      dated('d', undefined),
      { ...unknown, policyId: 'secretsmanager-rotated-recently' },
    ];
    const text = partOf(render(resultOf(findings, { policies })), 'ages');
    expect(text).toContain('Within the limit 7');
    expect(text).toContain('91 to 180 days 2');
    expect(text).toContain('Over 2 years 1');
    expect(text).toContain('Not known 2');
    expect(text).toContain('at most 90 days');
  });

  it('is not known where no policy asked', () => {
    expect(partOf(render(sampleResult()), 'ages')).toContain('Not known');
  });
});

describe('waivers', () => {
  it('stand with their last day, those that need somebody first', () => {
    const sample = sampleResult();
    const use = { reason: 'r', owner: 'o', policies: ['*'], file: 'waivers.yaml', line: 3, use: 'used', findings: 1, gaps: 0 } as const;
    const waivers = {
      findings: 2,
      gaps: 0,
      waivers: [
        { ...use, id: 'fine', expires: '2027-09-01', state: 'active' as const },
        { ...use, id: 'gone', expires: '2026-10-01', state: 'expired' as const, use: 'unused' as const, findings: 0 },
        { ...use, id: 'soon', expires: '2026-12-01', state: 'expiring' as const },
      ],
    };
    const text = partOf(render({ ...sample, run: { ...sample.run, waivers } }), 'waivers-title');
    expect(text.match(/gone|soon|fine|legacy-batch/g)?.filter((id, index, all) => id !== all[index - 1])).toEqual([
      'gone',
      'soon',
      'fine',
      'legacy-batch',
    ]);
    expect(text).toContain('2026-10-01 Expired: it covers nothing any more Speaks of nothing that is there');
    expect(text).toContain('2026-12-01 Expires soon');
  });
});
