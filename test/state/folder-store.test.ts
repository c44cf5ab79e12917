import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolderStore } from '../../src/state/folder-store.ts';
import { findProgram } from '../support/find-program.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { failureOf } from './failure-of.ts';
import { keepsTheContract } from './store-contract.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const hour = 3_600_000;
const open = (folder: string) => createFolderStore(folder, () => now);
const bytes = Buffer.from('{"run":1}');
const run = 'runs/00000001.json.gz';

describe('a folder keeps the contract of a store', () => {
  keepsTheContract(() => {
    const folder = join(temporaryFolder(), 'state');
    return Promise.resolve([open(folder), open(folder)]);
  });
});

describe('a folder', () => {
  it('is for its user alone, with all that is in it', async () => {
    const folder = join(temporaryFolder(), 'a/state');
    const store = open(folder);
    await store.putIfAbsent('notified/aa/1.json', bytes);
    await store.put('history.ndjson', bytes);
    const modes = (names: readonly string[]) => names.map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
    expect(modes(['..', '.', 'notified', 'notified/aa', '.tmp'])).toEqual(['700', '700', '700', '700', '700']);
    expect(modes(['notified/aa/1.json', 'history.ndjson'])).toEqual(['600', '600']);
  });

  it('keeps the mode that its user gave it', async () => {
    const folder = join(temporaryFolder(), 'state');
    mkdirSync(folder, { mode: 0o750 });
    await open(folder).put('history.ndjson', bytes);
    expect(statSync(folder).mode & 0o777).toBe(0o750);
  });

  it('holds nothing but objects after it was written', async () => {
    const folder = temporaryFolder();
    const store = open(folder);
    await store.putIfAbsent(run, bytes);
    await store.putIfAbsent(run, Buffer.from('other'));
    await store.put('history.ndjson', bytes);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => lstatSync(join(folder, name)).isFile());
    expect(files.sort()).toEqual(['history.ndjson', run]);
  });

  it('shows nobody the temporaries of killed runs, and loses them when they are a day old', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.tmp'));
    const left = { young: now - 23 * hour, old: now - 25 * hour, future: now + 1_000 * hour };
    for (const [name, time] of Object.entries(left)) {
      writeFileSync(join(folder, '.tmp', name), 'half');
      utimesSync(join(folder, '.tmp', name), time / 1000, time / 1000);
    }
    const store = open(folder);
    expect(await store.list('runs/')).toEqual([]);
    expect(readdirSync(join(folder, '.tmp'))).toHaveLength(3);
    await store.put(run, bytes);
    expect(readdirSync(join(folder, '.tmp')).sort()).toEqual(['future', 'young']);
  });

  it('passes over what others put there under names of their own', async () => {
    const folder = temporaryFolder();
    const store = open(folder);
    await store.put(run, bytes);
    for (const name of ['runs/.DS_Store', 'runs/~lock', 'runs/a b', 'runs/ä']) writeFileSync(join(folder, name), '');
    mkdirSync(join(folder, 'runs/.snapshot'));
    writeFileSync(join(folder, 'runs/.snapshot/00000009.json.gz'), '');
    expect(await store.list('runs/')).toEqual([run]);
  });

  it('may be a link itself', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'state'));
    const store = open(join(folder, 'state'));
    expect(await store.putIfAbsent(run, bytes)).toBe(true);
    expect(await store.list('runs/')).toEqual([run]);
    expect(readFileSync(join(folder, 'real', run))).toEqual(bytes);
  });

  it.each([
    ['of an object', run, 'file'],
    ['of a folder', 'runs', 'folder'],
    ['that leads nowhere', run, 'nowhere'],
    ['of the temporaries', '.tmp', 'folder'],
  ])('follows no link inside: %s', async (_, place, target) => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'file'), 'of somebody');
    mkdirSync(join(outside, 'folder'));
    const folder = temporaryFolder();
    if (place === run) mkdirSync(join(folder, 'runs'));
    symlinkSync(join(outside, target), join(folder, place));
    const store = open(folder);
    const calls =
      place === '.tmp'
        ? [store.put(run, bytes)]
        : [store.put(run, bytes), store.putIfAbsent(run, bytes), store.read(run), store.list('runs/'), store.remove(run)];
    for (const failure of await Promise.all(calls.map(failureOf))) {
      expect(failure).toMatchObject({ code: 'state-failed', message: `${join(folder, place)} is a symbolic link` });
    }
    expect(readFileSync(join(outside, 'file'), 'utf8')).toBe('of somebody');
    expect(readdirSync(outside).sort()).toEqual(['file', 'folder']);
    expect(readdirSync(join(outside, 'folder'))).toEqual([]);
  });

  it('waits for no pipe, and takes none for a run that is not there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'runs'));
    execFileSync(findProgram('mkfifo') ?? 'mkfifo is not on the PATH', [join(folder, run)]);
    const store = open(folder);
    for (const call of [() => store.read(run), () => store.list('runs/')]) {
      expect(await failureOf(call())).toMatchObject({ code: 'state-failed', message: `${join(folder, run)} is not a file` });
    }
    expect(await store.putIfAbsent(run, bytes)).toBe(false);
  });
});

describe('a folder that cannot be one', () => {
  it.each([
    ['a file', (folder: string) => writeFileSync(folder, ''), /cannot write .*: (EEXIST|ENOTDIR)$/, /A file stands where a folder belongs/],
    [
      'below a file',
      (folder: string) => writeFileSync(join(folder, '..'), ''),
      /cannot write .*: ENOTDIR$/,
      /A file stands where a folder belongs/,
    ],
    [
      'with a file in place of the runs',
      (folder: string) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'runs'), '');
      },
      /cannot write .*: (EEXIST|ENOTDIR)$/,
      /A file stands where a folder belongs/,
    ],
    [
      'with a folder in place of a run',
      (folder: string) => mkdirSync(join(folder, run, 'x'), { recursive: true }),
      /cannot write .*: (EISDIR|ENOTEMPTY|EEXIST)$/,
      /move it away/,
    ],
  ])('%s', async (name, make, message, hint) => {
    const folder = name === 'below a file' ? join(temporaryFolder(), 'file/state') : join(temporaryFolder(), 'state');
    make(folder);
    const failure = await failureOf(open(folder).put(run, bytes));
    expect(failure.code).toBe('state-failed');
    expect(failure.message).toMatch(message);
    expect(failure.hint).toMatch(hint);
  });

  it('is no empty one: reading says so too', async () => {
    const folder = join(temporaryFolder(), 'state');
    writeFileSync(folder, '');
    for (const call of [() => open(folder).read(run), () => open(folder).list('runs/')]) {
      const failure = await failureOf(call());
      expect(failure.code).toBe('state-failed');
      expect(failure.message).toMatch(/cannot read .*: ENOTDIR$/);
    }
  });

  it('can be mended between two tries', async () => {
    const folder = join(temporaryFolder(), 'state');
    writeFileSync(folder, '');
    const store = open(folder);
    await failureOf(store.put(run, bytes));
    rmSync(folder);
    await store.put(run, bytes);
    expect(await store.read(run)).toEqual(bytes);
  });
});
