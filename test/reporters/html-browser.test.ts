import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { describeInChromium } from '../support/chromium.ts';
import { hostileNames } from './hostile-names.ts';
import { manyFindings } from './many-findings.ts';
import { openReport } from './open-report.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';

/** What axe-core finds wrong with what is in sight. Injected from outside the page, whose content policy lets nothing in. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 120) + ' ' + failureSummary)))`,
  );
}

const names = (page: Page): Promise<readonly string[]> => page.locator('#rows button.open').allTextContents();

const history = ['2026-11-01', '2026-11-08', '2026-11-15'].map((day, index) => ({
  runId: `run-${index}`,
  asOf: `${day}T20:00:00Z`,
  findings: sampleResult().summary.findings,
  bySeverity: sampleResult().summary.bySeverity,
}));

/** What the test reads of an element. */
interface Box {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly offsetHeight: number;
}

/** Names that aim at the page itself. */
const aimedAtThePage: readonly string[] = [
  ...Object.values(hostileNames),
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<svg/onload=alert(1)>',
  '<!--<script>',
  '-->',
  ']]>',
  '</title></style></textarea>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '&lt;b&gt;&amp;',
  '__proto__',
  'constructor',
  '\u0000\ufffe\ud800',
  '\u2028\u2029',
  'a'.repeat(5000),
];

function hostileResult(): ScanResult {
  const sample = sampleResult();
  const waiver = (text: string) => ({ id: text, reason: text, owner: text, expires: '2027-01-01', ticket: text });
  const findings = aimedAtThePage.flatMap((text, index): readonly Finding[] => {
    const target = { name: text, account: text, region: text };
    const fail = liveFinding('secretsmanager-no-public-access', target, {
      status: 'fail',
      itemKey: text,
      message: text,
      evidence: [{ path: text, state: 'value', value: { [text]: [text] }, api: text }],
    });
    const place = { file: text, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1, frame: { startLine: 1, text } };
    return [
      {
        ...fail,
        id: `f1_${String(index).padStart(32, '0')}`,
        resource: { ...fail.resource, tags: { owner: text, [text]: text } },
        location: place,
        expiredWaiver: waiver(text),
      },
      liveFinding('kms-key-rotates', target, { status: 'waived', message: text, evidence: [], waiver: waiver(text) }),
      liveFinding(
        'kms-key-rotates',
        { ...target, name: `u${text}` },
        {
          status: 'unknown',
          message: text,
          unknown: [{ path: text, reason: 'access-denied', detail: text, action: text }],
          evidence: [],
        },
      ),
    ];
  });
  const all = aimedAtThePage.join(' ');
  return {
    ...sample,
    run: { ...sample.run, exitReason: all, notes: aimedAtThePage, id: all },
    findings,
    scopes: sample.scopes.map((scope) => ({ ...scope, caller: all, gaps: scope.gaps.map((gap) => ({ ...gap, detail: all, hint: all })) })),
    policies: sample.policies.map((policy) => ({
      ...policy,
      title: `${policy.title} ${all}`,
      description: all,
      remediation: { text: all, url: 'javascript:alert(1)', cli: all, terraform: all, cloudformation: all },
    })),
  };
}

describeInChromium('the page in a browser', (browser) => {
  it('shows the list of what is open, and asks for nothing outside', async () => {
    const { page, complaints } = await openReport(browser(), sampleResult(), { hash: '#findings' });
    const open = sampleResult().findings.filter(({ status }) => status === 'fail' || status === 'unknown');
    expect(await page.locator('#matches').textContent()).toBe(`${open.length} of ${sampleResult().findings.length} findings`);
    expect(await names(page)).toHaveLength(open.length);
    expect(await page.locator('#rows').getAttribute('aria-rowcount')).toBe(String(open.length + 1));
    expect(complaints).toEqual([]);
  });

  it('searches as one types, and puts it into the address', async () => {
    const { page } = await openReport(browser(), sampleResult(), { hash: '#findings' });
    await page.locator('#search').fill('batch-runner');
    expect(await names(page)).toEqual([expect.stringContaining('batch-runner-with-a-name')]);
    expect(page.url()).toContain('#findings?q=batch-runner');
    await page.locator('#search').fill('nothing like this');
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    expect((await names(page)).length).toBeGreaterThan(10);
  });

  it('filters by a facet, and takes a filter away again', async () => {
    const { page, complaints } = await openReport(browser(), sampleResult(), { hash: '#findings' });
    await page.getByRole('checkbox', { name: 'Critical' }).check();
    expect(await names(page)).toHaveLength(2);
    await page.getByRole('checkbox', { name: '210987654321' }).check();
    expect(await names(page)).toEqual(['infra/ci-token']);
    await page.getByRole('button', { name: 'Remove the filter Severity: Critical' }).click();
    expect(page.url()).not.toContain('severity');
    expect(complaints).toEqual([]);
  });

  it('groups and sorts', async () => {
    const { page } = await openReport(browser(), sampleResult(), { hash: '#findings' });
    await page.locator('#group').selectOption('policy');
    expect(await page.locator('tr.group').first().textContent()).toMatch(/^No secret is open to everyone/);
    await page.locator('#group').selectOption('');
    await page.getByRole('button', { name: 'Resource and finding' }).click();
    expect(await page.locator('th.c-resource').getAttribute('aria-sort')).toBe('ascending');
    expect(await page.locator('th.c-severity').getAttribute('aria-sort')).toBe('none');
    const shown = await page.evaluate<string[]>(
      `[...document.querySelectorAll('button.open')].map((button) => button.firstChild.textContent)`,
    );
    expect(shown.slice(0, 2)).toEqual(['\\u{1b}[31mred\\u{1b}[0m\\u{7}', '##vso[task.complete]done'.replace('#', '\\u{23}')]);
  });

  it('opens a finding by its address, with evidence, reason, commands and controls', async () => {
    const finding = sampleResult().findings.find(
      ({ policyId, status }) => policyId === 'secretsmanager-no-public-access' && status === 'fail',
    );
    const { page, complaints } = await openReport(browser(), sampleResult(), { hash: `#findings?finding=${finding?.id ?? ''}` });
    const panel = page.locator('#panel');
    const text = (await panel.textContent()) ?? '';
    expect(text).toContain('prod/db/password lets everyone in by its statement AllowAll');
    expect(text).toContain('[{"sid":"AllowAll"}]');
    expect(text).toContain('secretsmanager:GetResourcePolicy');
    expect(text).toContain('A credential that leaked stays useful');
    expect(text).toContain('delete-resource-policy --secret-id prod/db/password');
    expect(text).toContain('aws-fsbp SecretsManager.4');
    expect(await panel.getByRole('link', { name: 'Open in the AWS console' }).getAttribute('href')).toMatch(
      /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/secretsmanager\/secret\?name=prod%2Fdb%2Fpassword/,
    );
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    await page.goBack();
    expect(await panel.isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('copies a command and saves what is shown', async () => {
    const { page } = await openReport(browser(), sampleResult(), {
      hash: '#findings?status=fail&severity=critical',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('button.open').first().click();
    await page.getByRole('button', { name: 'Copy: Command line' }).click();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
      'aws secretsmanager delete-resource-policy --secret-id prod/db/password',
    );
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
    const saved = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect(saved).toHaveLength(3);
    expect(saved[1]).toContain('prod/db/password');
  });

  it('is used by the keyboard alone', async () => {
    const { page } = await openReport(browser(), sampleResult(), { hash: '#findings' });
    await page.keyboard.press('/');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('search');
    await page.locator('#list').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate<string>(`document.activeElement.closest('tr').dataset.index`)).toBe('1');
    await page.keyboard.press('Enter');
    expect(await page.locator('#panel').isVisible()).toBe(true);
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('panel-title');
    await page.keyboard.press('Escape');
    expect(await page.evaluate<string>(`document.activeElement.closest('tr').dataset.index`)).toBe('1');
    const first = await openReport(browser(), sampleResult());
    await first.page.keyboard.press('Tab');
    expect(await first.page.evaluate<string>('document.activeElement.className')).toBe('skip');
    await first.page.keyboard.press('Enter');
    expect(await first.page.evaluate<string>('document.activeElement.id')).toBe('main');
    expect(await first.page.locator('#overview').isVisible()).toBe(true);
  });

  it('is dark where the reader likes that, or asks for it', async () => {
    const ground = (page: Page): Promise<string> => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await openReport(browser(), sampleResult(), { colorScheme: 'dark' });
    const light = await openReport(browser(), sampleResult(), { colorScheme: 'light' });
    expect(await ground(dark.page)).not.toBe(await ground(light.page));
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
    expect(await button(dark.page, 'Turn light').isVisible()).toBe(true);
    await button(light.page, 'Turn dark').click();
    expect(await button(light.page, 'Turn light').isVisible()).toBe(true);
    expect(await ground(light.page)).toBe(await ground(dark.page));
    await light.page.reload();
    expect(await ground(light.page)).toBe(await ground(dark.page));
  });

  it('can be read without a script, and in print', async () => {
    const plain = await openReport(browser(), sampleResult(), { javaScriptEnabled: false });
    expect(await plain.page.locator('#failures tbody tr').first().isVisible()).toBe(true);
    expect(await plain.page.locator('#coverage').isVisible()).toBe(true);
    expect(await plain.page.locator('#explorer').isVisible()).toBe(false);
    const { page } = await openReport(browser(), sampleResult(), { colorScheme: 'dark' });
    expect(await page.locator('#failures').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#failures tbody tr').first().isVisible()).toBe(true);
    expect(await page.locator('#waivers').isVisible()).toBe(true);
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that axe-core objects to, %s',
    async (colorScheme) => {
      const first = sampleResult().findings[0]?.id ?? '';
      const { page } = await openReport(browser(), sampleResult(), { colorScheme, history });
      for (const hash of ['#overview', '#findings', `#findings?group=account&finding=${first}`, '#policies', '#coverage', '#waivers']) {
        await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
        await page.waitForFunction(`document.querySelector('.view.is-current').id === ${JSON.stringify(hash.replace(/^#|\?.*$/g, ''))}`);
        expect(await violations(page), hash).toEqual([]);
      }
    },
    60_000,
  );

  it('and nothing on a narrow screen, where nothing is cut off', async () => {
    const { page } = await openReport(browser(), sampleResult(), { viewport: { width: 390, height: 844 }, history });
    for (const hash of ['#overview', '#findings', '#policies', '#coverage', '#waivers']) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), hash).toBeLessThanOrEqual(390);
      expect(await violations(page), hash).toEqual([]);
    }
  }, 60_000);

  it('runs and breaks nothing, whatever the names are', async () => {
    const result = hostileResult();
    const { page, complaints } = await openReport(browser(), result, { hash: '#findings?all' });
    expect(await page.locator('#matches').textContent()).toBe(`${result.findings.length} of ${result.findings.length} findings`);
    for (let index = 0; index < aimedAtThePage.length; index += 1) {
      await page.evaluate(`location.hash = '#findings?all&finding=f1_${String(index).padStart(32, '0')}'`);
      await page.waitForFunction(`document.querySelector('#panel').dataset.finding === 'f1_${String(index).padStart(32, '0')}'`);
      expect(await page.locator('#panel .lead').textContent()).not.toBe('');
    }
    for (const grouping of ['account', 'policy', 'resource', 'severity']) await page.locator('#group').selectOption(grouping);
    expect(await page.evaluate<number>(`document.querySelectorAll('img, iframe, body script:not(#data)').length`)).toBe(1);
    expect(
      await page.evaluate<string[]>(`[...document.links].map(({ protocol }) => protocol).filter((protocol) => protocol === 'javascript:')`),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('shows the longest id of a policy whole, and never the name of the resource twice', async () => {
    const longest = 'secretsmanager-password-reference-not-version-pinned';
    const result = JSON.parse(JSON.stringify(manyFindings(20)).replaceAll('secretsmanager-rotation-interval', longest)) as ScanResult;
    const { page } = await openReport(browser(), result, { hash: '#findings' });
    const row = page.locator('#rows tbody tr', { hasText: longest }).first();
    expect(await row.locator('.message').first().textContent()).toMatch(/^may go \d+ days/);
    const [wide, high, rowHeight] = await row.evaluate((element) => {
      const cell = (element as unknown as { querySelector: (selector: string) => Box }).querySelector('.c-policy');
      return [cell.scrollWidth - cell.clientWidth, cell.scrollHeight - cell.clientHeight, (element as unknown as Box).offsetHeight];
    });
    expect([wide, high, rowHeight]).toEqual([0, 0, 54]);
  });

  it('keeps 25,000 findings out of the page but for those in sight', async () => {
    const { page, complaints } = await openReport(browser(), manyFindings(25_000), { hash: '#findings' });
    expect(await page.locator('#matches').textContent()).toBe('25,000 of 25,000 findings');
    const rows = page.locator('#rows tbody tr:not(.spacer)');
    expect(await rows.count()).toBeLessThan(60);
    await page.evaluate(`document.querySelector('#list').scrollTop = 1e9`);
    await page.locator('tr[aria-rowindex="25001"]').waitFor();
    expect(await rows.count()).toBeLessThan(60);
    await page.locator('#search').fill('service-24999');
    expect(await names(page)).toEqual(['prod/team-70/service-24999/credential']);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('shows the row of a finding that a link leads to, however far down', async () => {
    const result = manyFindings(3000);
    const id = result.findings[2500]?.id ?? '';
    const { page } = await openReport(browser(), result, { hash: `#findings?status=fail&finding=${id}` });
    await page.locator('#panel').waitFor();
    const [top, bottom] = await page.evaluate<number[]>(`(() => {
      const [row, list] = [document.querySelector('tr.selected'), document.querySelector('#list')].map((each) => each.getBoundingClientRect());
      return [row.top - list.top, list.bottom - row.bottom];
    })()`);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeGreaterThanOrEqual(0);
  });

  it('says nothing of a pass where nothing could be verified', async () => {
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
    const { page } = await openReport(browser(), resultOf([unknown]));
    expect(await page.locator('#overview').innerText()).not.toContain('100 %');
    expect(await page.locator('.share').first().getAttribute('aria-label')).toBe('Verdicts: 0 pass, 0 fail, 1 unknown, 0 waived');
  });
});
