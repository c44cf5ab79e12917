import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { HistoryPoint } from '../../src/model/history-point.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { htmlReporter } from '../../src/reporters/html.ts';
import { htmlOptions } from './html-options.ts';

export interface OpenReport {
  readonly page: Page;
  readonly url: string;
  /** What a reader would not see and should not be: console messages, errors, broken content policy, requests, dialogs. */
  readonly complaints: readonly string[];
}

export interface OpenOptions extends BrowserContextOptions {
  readonly hash?: string;
  readonly history?: readonly HistoryPoint[];
}

/** The report of a result as a reader opens it: a file on disk. It is closed when the test ends. */
export async function openReport(
  browser: Browser,
  result: ScanResult,
  { hash = '', history, ...options }: OpenOptions = {},
): Promise<OpenReport> {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, htmlReporter.render(result, history === undefined ? htmlOptions : { ...htmlOptions, history }).text);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    const asked = request.url();
    if (asked.split('#')[0] !== url && !asked.startsWith('blob:')) complaints.push(`request: ${asked}`);
  });
  await page.goto(url + hash);
  if (options.javaScriptEnabled !== false)
    await page.locator('#matches:not(:empty), .view.is-current:not(#findings)').first().waitFor({ state: 'attached' });
  return { page, url, complaints };
}
