import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/run-cli.ts';
import { findProgram } from '../support/find-program.ts';
import { buildChildProgram, runChild, type ChildProgram } from './child-program.ts';

const run = promisify(execFile);
let program: ChildProgram;
beforeAll(async () => {
  program = await buildChildProgram();
});
afterAll(() => program.remove());

/** Runs a script, whose `store MODE ARGUMENT` is the program of the tests on the folder $ROOT; `wrapper` is what bash runs in. */
async function script(text: string, wrapper: readonly string[] = []): Promise<readonly unknown[]> {
  const root = join(temporaryFolder(), 'state');
  const prologue = `set -e; ROOT='${root}'; mkdir -p "$ROOT"; store() { '${process.execPath}' '${program.file}' "$1" "$ROOT" "$2"; }\n`;
  const [command = '', ...args] = [...wrapper, 'bash', '--norc', '-c', prologue + text];
  const { end, said, stderr } = await runChild(command, args);
  expect({ end, stderr }).toEqual({ end: 0, stderr: '' });
  return said;
}

const shown = (latest: string, runs: Readonly<Record<string, string>>) => ({
  objects: { 'latest/findings.json': latest, ...runs },
  temporaries: [],
});
const old = { 'runs/00000002.json.gz': 'new' };
const failure = (code: string, hint: RegExp) => ({
  code: 'state-failed',
  message: expect.stringMatching(new RegExp(`^cannot write .*: ${code}$`)) as unknown,
  hint: expect.stringMatching(hint) as unknown,
});

const hasBash = findProgram('bash') !== undefined;
if (!hasBash) {
  if (process.env['CI'] === 'true') throw new Error('the tests of a full disk need bash, which is not on the PATH');
  console.warn('SKIPPED, the tests of a full disk cannot run: there is no bash on the PATH');
}

describe.skipIf(!hasBash)('files that may not become so large (ulimit -f)', () => {
  it('the objects before are whole, nothing is left over, and it is told', async () => {
    const said = await script(`
      store write 100000
      ulimit -f 200
      store replace 2000000
      store keep 2000000
      store show
      store replace 1000
      store show`);
    const refused = failure('EFBIG', /ulimit -f/);
    expect(said).toEqual([
      { kept: true },
      refused,
      { ...refused, message: expect.any(String) as unknown },
      shown('new', old),
      shown('new', old),
    ]);
  });
});

/** A user of a Linux that allows it may mount a file system of his own, of any size, in a namespace of his own. */
const ownMounts = ['unshare', '--user', '--map-root-user', '--mount'];
const whyNoMounts = await run('unshare', [...ownMounts.slice(1), 'sh', '-c', 'mount -t tmpfs -o size=64k none /mnt'])
  .then(() => undefined)
  .catch((error: unknown) => (error instanceof Error ? error.message.trim() : String(error)));
if (whyNoMounts !== undefined) {
  console.warn(`SKIPPED, the tests of a disk that is really full cannot run here; those with ulimit do: ${whyNoMounts}`);
}

describe.skipIf(whyNoMounts !== undefined || !hasBash)('a disk of one megabyte that is full', () => {
  it.each([
    ['of bytes', 'size=1m', 'keep 2000000'],
    ['of files, when the object gets its name', 'size=1m,nr_inodes=6', 'keep 1000'],
  ])('%s: the objects before are whole, nothing is left over, and room helps', async (_, options, write) => {
    const said = await script(
      `
      mount -t tmpfs -o ${options} none "$ROOT"
      store replace 100000
      store ${write}
      store show
      mount -o remount,size=8m,nr_inodes=100 "$ROOT"
      store ${write}
      store show`,
      ownMounts,
    );
    const full = failure('ENOSPC', /^The disk or the quota is full/);
    expect(said).toEqual([full, shown('new', {}), { kept: true }, shown('new', old)]);
  });

  it('the newest stays when another cannot take its place', async () => {
    const said = await script(
      `
      mount -t tmpfs -o size=1m none "$ROOT"
      store write 100000
      store replace 2000000
      store show`,
      ownMounts,
    );
    expect(said).toEqual([{ kept: true }, failure('ENOSPC', /^The disk or the quota is full/), shown('new', old)]);
  });

  it('one that can only be read is read, and says so of a write', async () => {
    const said = await script(
      `
      mount -t tmpfs -o size=1m none "$ROOT"
      store write 1000
      mount -o remount,ro "$ROOT"
      store replace 1000
      store show`,
      ownMounts,
    );
    expect(said).toEqual([{ kept: true }, failure('EROFS', /read-only/), shown('new', old)]);
  });

  it('a folder of the state that is another disk', async () => {
    const said = await script(
      `
      mkdir "$ROOT/runs"
      mount -t tmpfs -o size=1m none "$ROOT/runs"
      store keep 1000`,
      ownMounts,
    );
    expect(said).toEqual([failure('EXDEV', /mount the whole state/)]);
  });
});
