import { toolVersion } from './version.ts';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // The quick way out: nothing else is loaded.
  process.stdout.write(`${toolVersion}\n`);
} else {
  const { run } = await import('./process.ts');
  await run(args);
}
