import { startEndpoint } from '../src/endpoint/index.ts';
import { largeAccount } from '../src/endpoint/large-account.ts';

/**
 * Serves a large account in a process of its own, so that its memory and time are not counted as ours. Takes the
 * sizes and the latency as JSON, prints the address, and answers every line on stdin with the calls so far.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as {
  secrets: number;
  parameters: number;
  roles: number;
  keys: number;
  latencyMs: number;
  now: number;
};
const endpoint = await startEndpoint({ accounts: [largeAccount(options)], latencyMs: options.latencyMs });
process.stdout.write(`${JSON.stringify({ url: endpoint.url })}\n`);
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify(endpoint.calls())}\n`));
process.stdin.on('end', () => void endpoint.close());
