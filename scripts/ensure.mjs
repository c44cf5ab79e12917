// Installs and builds what is missing or out of date, and says nothing when nothing is. `--build` builds in any case.
// Plain Node, nothing from node_modules: it is the first thing that runs on a fresh clone.
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { isInstalled, install } from './install.mjs';
import { isBuilt } from './build-stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line) => process.stderr.write(`sealcheck: ${line}\n`);

try {
  requireNode(20, 19);
  const force = process.argv.includes('--build');
  if (force || !isInstalled(root) || !isBuilt(root)) {
    await withLock(
      root,
      (owner) => say(`waiting for process ${owner}, which installs or builds here`),
      () => bringUpToDate(force),
    );
  }
} catch (error) {
  const diagnostics = (error.diagnostics ?? []).map(
    ({ file, line, column, message, hint }) => `\n  ${file}:${line}:${column} ${message}${hint ? ` (${hint})` : ''}`,
  );
  const expected = error.constructor === Error || error.name === 'UserError';
  say(expected ? error.message + diagnostics.join('') : error.stack);
  process.exitCode = 1;
}

async function bringUpToDate(force) {
  if (!isInstalled(root)) {
    say('installing packages (npm ci)');
    install(root);
  }
  if (force || !isBuilt(root)) {
    say('building');
    const { build } = await import('./build.mjs');
    await build(root);
  }
}

function requireNode(major, minor) {
  const [actualMajor, actualMinor] = process.versions.node.split('.').map(Number);
  if (actualMajor > major || (actualMajor === major && actualMinor >= minor)) return;
  throw new Error(`Node ${major}.${minor} or newer is needed; this is ${process.versions.node}.`);
}
