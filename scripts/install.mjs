import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from './inputs.mjs';

const stampName = 'node_modules/.sealcheck-install';
const nodeMajor = `node${process.versions.node.split('.')[0]}\n`;
/** What npm says where it cannot reach the registry. */
export const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|E50[234])\b/;

/** Whether node_modules is what package-lock.json asks for, for this major version of Node. */
export function isInstalled(root) {
  const stamp = join(root, stampName);
  const recorded = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (recorded === installStamp(root)) return true;
  if (recorded !== undefined && !recorded.endsWith(nodeMajor)) return false;
  if (!isInstalledByHand(root)) return false;
  writeFileSync(stamp, installStamp(root));
  return true;
}

/** Runs `npm ci` and leaves the stamp. Throws Error with what to do when it fails. */
export function install(root) {
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm && /\.[cm]?js$/.test(npm) ? [process.execPath, npm] : ['npm'];
  const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (error) throw new Error(`npm could not be started: ${error.message}. Install npm, or run \`npm ci\` in ${root} yourself.`);
  if (status !== 0) {
    const advice = unreachable.test(stderr)
      ? 'The package registry cannot be reached. Check the network, the proxy settings and `npm config get registry`, then try again.'
      : 'Mend what npm says above, then try again.';
    throw new Error(`\`npm ci\` failed with exit code ${status}:\n${firstLines(stderr)}\n${advice}`);
  }
  writeFileSync(join(root, stampName), installStamp(root));
}

/** npm says what is wrong first, then how it is used in general. */
function firstLines(text) {
  return text.split(/^npm error Usage:/m)[0].trim();
}

function installStamp(root) {
  return `${hashFiles(root, ['package-lock.json'])} ${nodeMajor}`;
}

/** Somebody ran npm without us: npm's own record of node_modules holds every package of the lock, but for optional ones. */
function isInstalledByHand(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}
