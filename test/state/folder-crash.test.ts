import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolderStore } from '../../src/state/folder-store.ts';
import { runKey } from '../../src/state/object-names.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { buildChildProgram, runChild, type ChildProgram } from './child-program.ts';
import { breakFiles } from './faulty-files.ts';
import { racedRuns } from './raced-runs.ts';
import { nameOfWhole, wholeObject } from './whole-object.ts';

const day = 24 * 3_600_000;
const latest = 'latest/findings.json';
let program: ChildProgram;
beforeAll(async () => {
  program = await buildChildProgram();
});
afterAll(() => program.remove());

/** A state in which one run was kept. */
async function stateOfOneRun(): Promise<string> {
  const root = join(temporaryFolder(), 'state');
  const store = createFolderStore(root, () => Date.now());
  await store.put(latest, wholeObject('old', 100_000));
  expect(await store.putIfAbsent(runKey(1), wholeObject('old', 100_000))).toBe(true);
  return root;
}

/** What a reader finds: the name of each object by its key; throws where one is not whole. */
async function objectsIn(root: string): Promise<Readonly<Record<string, string>>> {
  const store = createFolderStore(root, () => Date.now());
  const keys = [...(await store.list('runs/')), ...(await store.list('latest/'))];
  const names = await Promise.all(
    keys.map(async (key) => {
      const name = nameOfWhole(await store.read(key));
      if (name === undefined) throw new Error(`${key} is not whole`);
      return [key, name] as const;
    }),
  );
  return Object.fromEntries(names);
}

/** The next run, two days later, which finds all as it should be, and clears up. */
async function expectNextRunWorks(root: string): Promise<void> {
  const store = createFolderStore(root, () => Date.now() + 2 * day);
  await store.put(latest, wholeObject('next', 1_000));
  expect(await store.putIfAbsent(runKey(99_999_999), wholeObject('next', 1_000))).toBe(true);
  expect(await objectsIn(root)).toMatchObject({ [latest]: 'next', [runKey(99_999_999)]: 'next' });
  expect(readdirSync(join(root, '.tmp'))).toEqual([]);
}

describe('a run that is killed', () => {
  it('at each call of the file system: the objects before it are whole, and the next run works', async () => {
    const whole = await runChild(process.execPath, [program.file, 'killed-at', await stateOfOneRun(), '0']);
    expect(whole).toMatchObject({
      end: 0,
      said: [{ kept: true }, { calls: expect.arrayContaining(['link', 'rename', 'sync', 'writeFile']) as unknown }],
    });
    const { calls } = whole.said[1] as { calls: readonly string[] };
    const found = new Set<string>();
    for (const [index] of calls.entries()) {
      const root = await stateOfOneRun();
      const run = await runChild(process.execPath, [program.file, 'killed-at', root, String(index + 1)]);
      expect(run).toMatchObject({ end: 'SIGKILL', stderr: '' });
      const objects = await objectsIn(root);
      expect(objects[runKey(1)]).toBe('old');
      found.add(`${objects[latest]}, ${objects[runKey(2)] ?? 'none'}`);
      // What it said is so.
      if (run.said.length > 0) expect(objects).toMatchObject({ [latest]: 'new', [runKey(2)]: 'new' });
      await expectNextRunWorks(root);
    }
    // Each state of things was met, and no other.
    expect([...found].sort()).toEqual(['new, new', 'new, none', 'old, none']);
  }, 120_000);

  it('at any moment, thirty times in the same folder', async () => {
    const root = await stateOfOneRun();
    const reader = createFolderStore(root, () => Date.now());
    const reads: Promise<Buffer | undefined>[] = [];
    let acknowledged = 0;
    for (let round = 0; round < 30; round += 1) {
      const run = await runChild(process.execPath, [program.file, 'for-ever', root, String(round * 1_000 + 2)], (child) => {
        // From the first word on: before it, the process is only starting.
        child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), (round * 7) % 40));
        child.stdout?.on('data', () => reads.push(reader.read(latest)));
      });
      // While it is written, too, there is one or another.
      for (const bytes of await Promise.all(reads.splice(0))) expect(nameOfWhole(bytes)).toMatch(/^(old|latest of runs.*)$/);
      expect(run).toMatchObject({ end: 'SIGKILL', stderr: '' });
      const objects = await objectsIn(root);
      for (const [key, name] of Object.entries(objects)) {
        if (key.startsWith('runs/')) expect(name).toBe(key === runKey(1) ? 'old' : key);
      }
      const said = run.said as readonly { wrote?: string; latest?: string }[];
      const wrote = said.flatMap((line) => line.wrote ?? []);
      const last = said.findLast((line) => line.latest !== undefined)?.latest;
      // What was told as written is there, whatever came after.
      for (const key of wrote.slice(-3)) expect(objects[key]).toBe(key);
      if (last !== undefined)
        expect([`latest of ${last}`, `latest of ${wrote.at(-1)}`, `latest of ${runKey(sequence(wrote.at(-1)) + 1)}`]).toContain(
          objects[latest],
        );
      acknowledged += wrote.length;
    }
    expect(acknowledged).toBeGreaterThan(29);
    await expectNextRunWorks(root);
  }, 120_000);
});

const sequence = (key = ''): number => Number(/\d+/.exec(key)?.[0]);

describe('runs at once', () => {
  it('of six processes that keep the same runs one is told true of each, and its bytes are there', async () => {
    const root = join(temporaryFolder(), 'state');
    const waiting: (() => void)[] = [];
    const names = Array.from({ length: 6 }, (_, index) => `racer ${index}`);
    const runs = await Promise.all(
      names.map(async (name) => {
        return await runChild(process.execPath, [program.file, 'race', root, name], (child) => {
          child.stdout?.once('data', () => {
            waiting.push(() => child.stdin?.end());
            if (waiting.length === names.length) for (const go of waiting) go();
          });
        });
      }),
    );
    expect(runs.map(({ end, stderr }) => ({ end, stderr }))).toEqual(names.map(() => ({ end: 0, stderr: '' })));
    const told = runs.map(({ said }) => said[1] as readonly boolean[]);
    const winners = Array.from({ length: racedRuns }, (_, index) => names.filter((_name, racer) => told[racer]?.[index] === true));
    expect(winners.filter(({ length }) => length !== 1)).toEqual([]);
    expect(await objectsIn(root)).toEqual(Object.fromEntries(winners.map(([name], index) => [runKey(index + 1), name])));
  }, 120_000);
});

describe('a call of the file system that fails', () => {
  it.each(['EIO', 'ENOSPC'])(
    'each of them, with %s: the objects before it are whole, it is told, and nothing is left over',
    async (code) => {
      let nth = 0;
      let last: string | undefined;
      do {
        nth += 1;
        const root = await stateOfOneRun();
        const store = createFolderStore(root, () => Date.now());
        const { calls, mend } = breakFiles(nth, { code });
        const outcome = await store
          .put(latest, wholeObject('new', 1_000))
          .then(async () => await store.putIfAbsent(runKey(2), wholeObject('new', 1_000)))
          .catch((error: unknown) => error)
          .finally(mend);
        last = calls[nth - 1];
        const objects = await objectsIn(root);
        expect(objects[runKey(1)]).toBe('old');
        expect(['old', 'new']).toContain(objects[latest]);
        if (outcome === true) expect(objects).toMatchObject({ [latest]: 'new', [runKey(2)]: 'new' });
        else {
          expect(outcome).toMatchObject({
            code: 'state-failed',
            message: expect.stringMatching(new RegExp(`^cannot write ${root}.*: ${code}$`)) as unknown,
          });
          expect((outcome as { hint?: string }).hint).toMatch(/\w/);
        }
        if (last !== 'rm') expect(readdirSync(join(root, '.tmp'))).toEqual([]);
        await expectNextRunWorks(root);
      } while (last !== undefined);
      expect(nth).toBeGreaterThan(20);
    },
  );
});

describe('a file system without hard links', () => {
  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])('%s: is refused, before anything is written', async (code) => {
    const root = join(temporaryFolder(), 'state');
    const store = createFolderStore(root, () => Date.now());
    // The calls before the first link are counted on a folder that takes it.
    const counted = breakFiles(0, { code });
    await createFolderStore(join(temporaryFolder(), 'state'), () => Date.now())
      .prepare()
      .finally(counted.mend);
    const { mend } = breakFiles(counted.calls.indexOf('link') + 1, { code });
    const outcome = await store
      .put(latest, wholeObject('new', 1_000))
      .catch((error: unknown) => error)
      .finally(mend);
    expect(outcome).toMatchObject({
      code: 'state-failed',
      message: expect.stringMatching(new RegExp(`: ${code}, the file system has no hard links$`)) as unknown,
    });
    expect(readdirSync(root, { recursive: true })).toEqual(['.tmp']);
  });
});
