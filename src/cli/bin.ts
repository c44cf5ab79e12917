import { readFileSync } from 'node:fs';
import { toolVersion } from './version.ts';

// The executable: it answers what must be quick by itself, since V8 scans a whole file before it runs any of it, and
// leaves all else to the bundle beside it (main.js in the package).
const args = process.argv.slice(2);
const [only] = args;
const help = args.length === 1 && (only === '--help' || only === '-h') ? builtHelp() : undefined;
if (args.length === 1 && (only === '--version' || only === '-V')) process.stdout.write(`${toolVersion}\n`);
else if (help !== undefined) process.stdout.write(help);
else {
  const { run } = await import('./process.ts');
  await run(args);
}

/** The help as it was printed when the package was built; undefined while it is being built, and in a source tree. */
function builtHelp(): string | undefined {
  try {
    return readFileSync(new URL('./help.txt', import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}
