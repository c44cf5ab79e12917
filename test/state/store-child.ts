import { once } from 'node:events';
import { readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/model/errors.ts';
import { createFolderStore } from '../../src/state/folder-store.ts';
import { runKey } from '../../src/state/object-names.ts';
import { breakFiles, nameFilesLate } from './faulty-files.ts';
import { racedRuns } from './raced-runs.ts';
import { nameOfWhole, wholeObject } from './whole-object.ts';

// A process that writes a state, to be killed, or to fail. What it says comes out at once, a JSON text in a line.
const [mode = '', root = '', argument = ''] = process.argv.slice(2);
const store = createFolderStore(root, () => Date.now());
const say = (what: unknown): void => void writeSync(1, `${JSON.stringify(what)}\n`);

/** Writes run after run for ever, and forgets old ones. */
async function writeForEver(): Promise<void> {
  for (let sequence = Number(argument); ; sequence += 1) {
    const key = runKey(sequence);
    if (!(await store.putIfAbsent(key, wholeObject(key, 300_000)))) continue;
    say({ wrote: key });
    await store.put('latest/findings.json', wholeObject(`latest of ${key}`, 500_000));
    say({ latest: key });
    if (sequence > 3) await store.remove(runKey(sequence - 3));
  }
}

/** All children of a race begin at the same time, when their standard input ends, and go for the same runs in the same order. */
async function race(): Promise<void> {
  await store.prepare();
  nameFilesLate(3);
  say('ready');
  process.stdin.resume();
  await once(process.stdin, 'end');
  const told: boolean[] = [];
  for (let sequence = 1; sequence <= racedRuns; sequence += 1)
    told.push(await store.putIfAbsent(runKey(sequence), wholeObject(argument, 2_000)));
  say(told);
}

/** As a run does it: what is newest is replaced, then the run itself is kept. */
async function writeRun(size: number): Promise<void> {
  await store.put('latest/findings.json', wholeObject('new', size));
  say({ kept: await store.putIfAbsent(runKey(2), wholeObject('new', size)) });
}

async function failing(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say({ code: error.code, message: error.message, hint: error.hint });
  }
}

switch (mode) {
  case 'for-ever':
    await writeForEver();
    break;
  case 'race':
    await race();
    break;
  case 'killed-at': {
    const { calls } = breakFiles(Number(argument), 'killed');
    await writeRun(100_000);
    say({ calls });
    break;
  }
  case 'write':
    await failing(async () => await writeRun(Number(argument)));
    break;
  case 'replace':
    await failing(async () => await store.put('latest/findings.json', wholeObject('new', Number(argument))));
    break;
  case 'keep':
    await failing(async () => say({ kept: await store.putIfAbsent(runKey(2), wholeObject('new', Number(argument))) }));
    break;
  case 'show': {
    const keys = [...(await store.list('runs/')), ...(await store.list('latest/'))];
    const names = await Promise.all(keys.map(async (key) => [key, nameOfWhole(await store.read(key)) ?? 'not whole']));
    say({ objects: Object.fromEntries(names) as unknown, temporaries: readdirSync(join(root, '.tmp')) });
    break;
  }
  default:
    throw new Error(`no mode ${mode}`);
}
