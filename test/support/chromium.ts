import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { findProgram } from './find-program.ts';

/**
 * A group of tests in a headless Chromium from the PATH. Where there is none they are skipped, loudly; under `CI=true`, where
 * `.ci/run` installs one, that is a failure.
 */
export function describeInChromium(name: string, body: (browser: () => Browser) => void): void {
  const program = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .map(findProgram)
    .find((path) => path !== undefined);
  const missing = 'no Chromium is on the PATH; Debian has it as chromium';
  let browser: Browser | undefined;
  const running = (): Browser => {
    if (browser === undefined) throw new Error(missing);
    return browser;
  };
  if (program === undefined && process.env['CI'] !== 'true') {
    console.warn(`SKIPPED, the tests in a browser cannot run: ${missing}`);
    describe.skip(name, () => body(running));
    return;
  }
  describe(name, () => {
    beforeAll(async () => {
      if (program === undefined) throw new Error(missing);
      // A container has no sandbox to offer, and the pages are ours.
      browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    });
    afterAll(async () => {
      await browser?.close();
    });
    body(running);
  });
}
