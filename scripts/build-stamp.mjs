import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInputs, hashFiles } from './inputs.mjs';

const stampName = 'generated/.build-stamp';
const products = [
  'dist/cli.js',
  'dist/main.js',
  'dist/help.txt',
  'dist/lambda.js',
  'dist/index.js',
  'dist/types/index.d.ts',
  'dist/types/lambda.d.ts',
  'generated/pack.json',
  'generated/frameworks.json',
  'generated/validate-policy.js',
  'generated/validate-waivers.js',
  'generated/validate-config.js',
];

/** Whether everything is built from the files as they are now. */
export function isBuilt(root) {
  const stamp = join(root, stampName);
  if (!existsSync(stamp) || !products.every((product) => existsSync(join(root, product)))) return false;
  return readFileSync(stamp, 'utf8') === stampOf(root, hashFiles(root, buildInputs));
}

/** Records that the build is done. `inputs` is the hash from before it began: what changed meanwhile is built next time. */
export function writeBuildStamp(root, inputs) {
  writeFileSync(join(root, stampName), stampOf(root, inputs));
}

/** Schemas are hashed afterwards, because the build writes some of them. */
function stampOf(root, inputs) {
  return `${inputs} ${hashFiles(root, ['schemas'])}\n`;
}
