// Makes docs/images/report-*.png of the report of the demo: `npm run screenshots`. Needs Chromium on the PATH.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs/images');
const mostBytes = 300_000;
const shots = [
  { name: 'report-light', colorScheme: 'light', hash: '#overview' },
  { name: 'report-dark', colorScheme: 'dark', hash: '#findings', opens: 'status/prod/page-token' },
];

const folders = (process.env.PATH ?? '').split(delimiter);
const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => folders.map((folder) => join(folder, name)))
  .find((path) => existsSync(path));
if (!executablePath) throw new Error('no Chromium is on the PATH');

const folder = mkdtempSync(join(tmpdir(), 'sealcheck-screenshots-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'demo', '-o', folder], { stdio: 'ignore' });
  mkdirSync(images, { recursive: true });
  for (const { name, colorScheme, hash, opens } of shots) {
    const page = await browser.newPage({ viewport: { width: 1360, height: 940 }, colorScheme });
    await page.goto(pathToFileURL(join(folder, 'report.html')).href + hash);
    if (opens) {
      await page.locator('#search').fill(opens.split('/')[0]);
      await page.getByRole('button', { name: opens }).first().click();
      await page.locator('#search').fill('');
      await page.locator('#search').blur();
      await page.mouse.move(0, 0);
    }
    const path = join(images, `${name}.png`);
    await page.screenshot({ path });
    const { size } = statSync(path);
    if (size > mostBytes) throw new Error(`${path} has ${size} bytes; at most ${mostBytes} are wanted`);
    console.log(`${path}: ${Math.round(size / 1000)} kB`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
