import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountFixture } from '../../../src/endpoint/account-fixture.ts';
import type { Fault } from '../../../src/endpoint/fault.ts';
import { sampleAccounts } from '../../../src/endpoint/sample-account.ts';
import type { ScanResult } from '../../../src/model/scan-result.ts';
import { denyEverything } from '../../support/deny-everything.ts';
import { findProgram } from '../../support/find-program.ts';
import { environmentSecrets, invokeLambda } from '../../support/invoke-lambda.ts';
import { temporaryFolder } from '../../support/run-cli.ts';
import { serve } from '../../support/serve-account.ts';
import { smallAccount } from '../../support/small-account.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const unpacked = mkdtempSync(join(tmpdir(), 'sealcheck-lambda-test-'));
const inPackage = createRequire(import.meta.url).resolve('sealcheck/lambda');
const inZip = join(unpacked, 'index.mjs');

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/release-lambda.mjs'), unpacked]);
  for (const [name, bytes] of filesOf(readFileSync(join(unpacked, 'sealcheck-lambda.zip')))) writeFileSync(join(unpacked, name), bytes);
});

/** What an archive holds, in its order, by the sizes in the header of each file. */
function filesOf(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50;) {
    const nameEnd = at + 30 + archive.readUInt16LE(at + 26);
    const start = nameEnd + archive.readUInt16LE(at + 28);
    const end = start + archive.readUInt32LE(at + 18);
    files.set(archive.toString('utf8', at + 30, nameEnd), inflateRawSync(archive.subarray(start, end)));
    at = end;
  }
  return files;
}
afterAll(() => rmSync(unpacked, { recursive: true, force: true }));

it('the zip is one file that runs, and what the licences ask for', () => {
  const archive = readFileSync(join(unpacked, 'sealcheck-lambda.zip'));
  expect([...filesOf(archive).keys()]).toEqual(['index.mjs', 'LICENSE', 'NOTICES.txt']);
  expect(readFileSync(join(unpacked, 'LICENSE'))).toEqual(readFileSync(join(root, 'LICENSE')));
  const notices = readFileSync(join(unpacked, 'NOTICES.txt'), 'utf8');
  for (const name of ['@aws-sdk/client-secrets-manager', 'commander', 're2js', 'yaml'])
    expect(notices).toMatch(new RegExp(`^${name} `, 'm'));
});

const now = Date.now();
const scan = ['scan', '--aws', '--no-config', '--region', 'us-east-1'];
const scheduled = (...more: readonly string[]) => ({ SEALCHECK_ARGS: JSON.stringify([...scan, ...more]) });

describe.each([
  { place: 'the package', module: inPackage },
  { place: 'the zip, where nothing is installed', module: inZip },
])('the handler of $place', ({ module }) => {
  const outcomes: readonly {
    readonly name: string;
    readonly account: AccountFixture;
    readonly faults: readonly Fault[];
    readonly code: number;
    readonly reason: RegExp;
  }[] = [
    { name: 'compliant', account: smallAccount(now), faults: [], code: 0, reason: /^no failures/ },
    { name: 'violations', account: sampleAccounts(now)[0]!, faults: [], code: 1, reason: /^\d+ failures at or above low/ },
    {
      name: 'incomplete',
      account: smallAccount(now),
      faults: [{ operation: 'secretsmanager:ListSecrets', kind: 'deny' }],
      code: 3,
      reason: /^incomplete: 1 gap/,
    },
  ];
  it.each(outcomes)('returns code and reason: $name', async ({ account, faults, code, reason }) => {
    const { url } = await serve([account], faults);
    const file = join(temporaryFolder(), 'findings.json');
    const { results, log } = await invokeLambda(module, { url, env: scheduled('-f', 'text', '-f', `json=${file}`) });
    expect(results).toEqual([{ returned: { exitCode: code, exitReason: expect.stringMatching(reason) as string } }]);
    const { run } = JSON.parse(readFileSync(file, 'utf8')) as ScanResult;
    expect(run).toMatchObject({ exitCode: code });
    expect(log).toContain(`exit ${code}: `);
    for (const secret of environmentSecrets) expect(log).not.toContain(secret);
  });

  const failures: readonly {
    readonly name: string;
    readonly faults: readonly Fault[];
    readonly args: readonly string[];
    readonly code: number;
  }[] = [
    { name: 'a mistake in the arguments', faults: [], args: ['--fail-on', 'everything'], code: 2 },
    { name: 'nothing could be read', faults: denyEverything(), args: [], code: 4 },
    { name: 'who it is cannot be told', faults: [{ operation: '*', kind: 'deny' }], args: [], code: 4 },
    { name: 'a report that cannot be written', faults: [], args: ['-f', 'json=/proc/findings.json'], code: 4 },
  ];
  it.each(failures)('throws, so that an error is counted: $name', async ({ faults, args, code }) => {
    const { url } = await serve([smallAccount(now)], faults);
    const { results, log } = await invokeLambda(module, { url, env: scheduled(...args) });
    const message = expect.stringContaining(`ended with exit code ${code}`) as string;
    expect(results).toEqual([{ threw: { name: 'SealcheckRunFailed', message } }]);
    for (const secret of environmentSecrets) expect(log).not.toContain(secret);
  });

  it('ends by itself before the deadline, with an error and no half of a file', async () => {
    const { url } = await serve([smallAccount(now)], [{ operation: 'secretsmanager:*', kind: 'hang' }]);
    const folder = temporaryFolder();
    const file = join(folder, 'findings.json');
    const { results, leftMs } = await invokeLambda(module, { url, env: scheduled('-f', `json=${file}`), remainingMs: 31_000 });
    // 4 where the machine is so slow that nothing at all had been read.
    const message = expect.stringMatching(/^sealcheck ended with exit code (130|4): /) as string;
    expect(results).toEqual([{ threw: { name: 'SealcheckRunFailed', message } }]);
    expect(leftMs[0]).toBeLessThanOrEqual(30_000);
    expect(leftMs[0]).toBeGreaterThan(15_000);
    // What was read until then is a whole report that says so.
    expect(readdirSync(folder)).toEqual(['findings.json']);
    const { run } = JSON.parse(readFileSync(file, 'utf8')) as ScanResult;
    expect([130, 4]).toContain(run.exitCode);
  });
});

describe('what is run', () => {
  it('is what the event says, before the environment, and then nobody is notified', async () => {
    const args = ['explain', 'kms-key-rotates'];
    const env = { SEALCHECK_ARGS: '["scan"]', SEALCHECK_NOTIFY_ARGS: '["no-such-command"]' };
    const { results, log } = await invokeLambda(inPackage, { events: [{ args }], env });
    expect(results).toEqual([{ returned: { exitCode: 0 } }]);
    expect(log).toContain('kms-key-rotates');
  });

  it('is the notification after the run that is configured', async () => {
    const { url } = await serve([smallAccount(now)]);
    const env = { ...scheduled(), SEALCHECK_NOTIFY_ARGS: '["explain","kms-key-rotates"]' };
    const { results, log } = await invokeLambda(inPackage, { url, env });
    expect(results).toMatchObject([{ returned: { exitCode: 0 } }]);
    expect(log.indexOf('exit 0')).toBeGreaterThanOrEqual(0);
    expect(log.lastIndexOf('kms-key-rotates')).toBeGreaterThan(log.indexOf('exit 0'));
  });

  it('is an error where the notification fails', async () => {
    const { url } = await serve([smallAccount(now)]);
    const { results } = await invokeLambda(inPackage, { url, env: { ...scheduled(), SEALCHECK_NOTIFY_ARGS: '["no-such-command"]' } });
    expect(results).toMatchObject([{ threw: { message: expect.stringContaining('exit code 2') as string } }]);
  });

  it('is not notified of where the run failed', async () => {
    const env = { SEALCHECK_ARGS: '["scan"]', SEALCHECK_NOTIFY_ARGS: '["explain","kms-key-rotates"]' };
    const { results, log } = await invokeLambda(inPackage, { env });
    expect(results).toMatchObject([{ threw: { message: expect.stringContaining('exit code 2') as string } }]);
    expect(log).not.toContain('kms-key-rotates');
  });

  it.each([
    { name: 'no arguments', env: {}, event: {}, says: 'nothing to run' },
    { name: 'an empty variable', env: { SEALCHECK_ARGS: ' ' }, event: {}, says: 'nothing to run' },
    {
      name: 'a command line',
      env: { SEALCHECK_ARGS: 'scan --aws --token FAKE-OTHER-CANARY-3' },
      event: {},
      says: 'SEALCHECK_ARGS must be a JSON list',
    },
    { name: 'numbers', env: { SEALCHECK_ARGS: '["scan", 1]' }, event: {}, says: 'SEALCHECK_ARGS must be a JSON list' },
    { name: 'an empty list in the event', env: scheduled(), event: { args: [] }, says: '`args` of the event must be a JSON list' },
    { name: 'a text in the event', env: scheduled(), event: { args: 'scan --aws' }, says: '`args` of the event must be a JSON list' },
  ])('is refused without being repeated: $name', async ({ env, event, says }) => {
    const { results, log } = await invokeLambda(inPackage, { events: [event], env });
    expect(results).toMatchObject([{ threw: { message: expect.stringContaining(says) as string } }]);
    expect(JSON.stringify(results) + log).not.toContain('CANARY');
  });

  it('starts anew with each event of one instance', async () => {
    const { url } = await serve([smallAccount(now)]);
    const events = [{ args: ['scan'] }, {}, { args: ['explain', 'kms-key-rotates'] }];
    const { results } = await invokeLambda(inPackage, { url, events, env: scheduled() });
    expect(results).toMatchObject([
      { threw: {} },
      { returned: { exitCode: 0, exitReason: expect.any(String) as string } },
      { returned: { exitCode: 0 } },
    ]);
    expect(results[2]).toEqual({ returned: { exitCode: 0 } });
  });
});

describe('the zip', () => {
  it('is the same whenever it is made', () => {
    const again = temporaryFolder();
    execFileSync(process.execPath, [join(root, 'scripts/release-lambda.mjs'), again]);
    const [first, second] = [unpacked, again].map((folder) => readFileSync(join(folder, 'sealcheck-lambda.zip')));
    expect(first!.equals(second!)).toBe(true);
  });

  it.skipIf(findProgram('python3') === undefined && process.env['CI'] !== 'true')(
    'is read by others, and holds files that all may read',
    () => {
      const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    print(archive.testzip(), [(i.filename, oct(i.external_attr >> 16), i.file_size) for i in archive.infolist()])
`;
      const said = execFileSync('python3', ['-c', script, join(unpacked, 'sealcheck-lambda.zip')], { encoding: 'utf8' });
      const files = ['index.mjs', 'LICENSE', 'NOTICES.txt'].map(
        (name) => `('${name}', '0o100644', ${readFileSync(join(unpacked, name)).length})`,
      );
      expect(said.trim()).toBe(`None [${files.join(', ')}]`);
    },
  );
});
