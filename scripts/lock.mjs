import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pollMs = 200;
/** A lock file without an owner is being written; after this long its writer died between the two steps. */
const emptyFileGraceMs = 10_000;

/**
 * Runs `work` while no other process of this machine does so for the same folder. A lock whose owner is gone is taken
 * over. `onWait` is called once, with the process id that is waited for.
 */
export async function withLock(folder, onWait, work) {
  const file = join(tmpdir(), `sealcheck-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)}.lock`);
  for (let waited = false; !acquire(file);) {
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    if (!isAlive(owner, file)) {
      removeStale(file, owner);
      continue;
    }
    if (!waited) onWait(owner);
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const release = () => {
    if (ownerOf(file) === process.pid) rmSync(file, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function acquire(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The process id in the lock file, 0 while it is empty, undefined when there is no file. */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(owner, file) {
  if (owner === 0) return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) < emptyFileGraceMs;
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two may find the same lock stale; whoever moves away a fresh one instead puts it back. */
function removeStale(file, owner) {
  const moved = `${file}.${process.pid}`;
  try {
    renameSync(file, moved);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (ownerOf(moved) === owner) rmSync(moved, { force: true });
  else renameSync(moved, file);
}
