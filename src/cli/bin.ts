import { readFileSync } from 'node:fs';
import { exitCode } from './exit-code.ts';
import { toolVersion } from './version.ts';

// The executable: it answers what must be quick by itself, since V8 scans a whole file before it runs any of it, and
// leaves all else to the bundle beside it (main.js in the package).
const args = process.argv.slice(2);
const [only] = args;
const answer = args.length === 1 ? quickAnswer() : undefined;
if (answer === undefined) {
  const { run } = await import('./process.ts');
  await run(args);
} else {
  // Whoever reads us may have stopped already, as `head` does.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    process.exitCode = code === 'EPIPE' ? exitCode.compliant : exitCode.failed;
  });
  process.stdout.write(answer);
}

function quickAnswer(): string | undefined {
  if (only === '--version' || only === '-V') return `${toolVersion}\n`;
  return only === '--help' || only === '-h' ? builtHelp() : undefined;
}

/** The help as it was printed when the package was built; undefined while it is being built, and in a source tree. */
function builtHelp(): string | undefined {
  try {
    return readFileSync(new URL('./help.txt', import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}
