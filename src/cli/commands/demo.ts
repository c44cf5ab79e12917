import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { chosenOptions, defaults } from '../report-options.ts';
import { toolVersion } from '../version.ts';
import type { Command } from './command.ts';

const examples = `
Examples:
  $ sealcheck demo
  $ sealcheck demo -o /tmp/reports && sealcheck report /tmp/reports/findings.json --group rule`;

export const demoCommand: Command = {
  name: 'demo',
  register: (program, action) => {
    program
      .command('demo')
      .description('judge a sample account, served on this machine: no credentials, no network')
      .option('-o, --output-dir <path>', 'folder for the reports', 'reports')
      .addHelpText('after', examples)
      .action(async (flags: { readonly outputDir: string }) => {
        await action((io) => runDemo(flags.outputDir, io));
      });
  },
};

/** Findings on the console; all of them are in the files. */
const mostShown = 10;

async function runDemo(folder: string, io: Io): Promise<number> {
  const [
    { startEndpoint },
    { sampleAccounts, samplePartnerRole },
    { collectAws },
    { needsOf, scan },
    { builtinPolicies },
    { everything, selectPolicies },
    outputs,
    progressLine,
  ] = await Promise.all([
    import('../../endpoint/index.ts'),
    import('../../endpoint/sample-account.ts'),
    import('../../sources/aws/index.ts'),
    import('../../scan.ts'),
    import('../choose-policies.ts'),
    import('../../policy/select-policies.ts'),
    import('../outputs.ts'),
    import('../progress-line.ts'),
  ]);
  const startedAt = io.now();
  const clockMark = performance.now();
  const page = join(folder, 'report.html');
  const plans = outputs.planOutputs([
    `json=${join(folder, 'findings.json')}`,
    `sarif=${join(folder, 'sealcheck.sarif')}`,
    `text=${join(folder, 'findings.txt')}`,
    `html=${page}`,
  ]);
  const selected = selectPolicies(await builtinPolicies(), everything);
  const endpoint = await startEndpoint({ accounts: sampleAccounts(startedAt) });
  const progress = progressLine.createProgress(io.stderr, false);
  try {
    io.stderr.write(`A sample account is served at ${endpoint.url}; the ordinary live scan reads it through the AWS SDK.\n`);
    const collection = await collectAws(
      {
        regions: 'all',
        roleArns: [samplePartnerRole.arn],
        externalId: samplePartnerRole.externalId,
        withCaller: true,
        inspectValues: true,
        allKeys: false,
        endpoint: endpoint.url,
        credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE-EXAMPLE-KEY' },
      },
      { needs: needsOf(selected), now: startedAt, signal: io.signal, onProgress: progress.onProgress },
    ).finally(progress.end);
    const result = scan(collection, selected, {
      now: startedAt,
      detail: 'all',
      failOn: 'low',
      failOnUnknown: 'low',
      toolVersion,
      clock: { kind: 'wall', runId: randomUUID(), startedAt, durationMs: Math.round(performance.now() - clockMark) },
    });
    const [files, console] = [plans.filter(({ path }) => path !== undefined), plans.filter(({ path }) => path === undefined)];
    outputs.writeOutputs(result, files, chosenOptions(defaults, io), io);
    outputs.writeOutputs(result, console, chosenOptions({ ...defaults, maxFindings: mostShown }, io), io);
    const calls = Object.values(endpoint.calls()).reduce((sum, count) => sum + count, 0);
    io.stderr.write(`${calls} API calls; reports: ${plans.flatMap((plan) => plan.path ?? []).join(', ')}\n`);
    io.stderr.write(`The demo exits 0; this scan would have exited ${result.run.exitCode}.\n`);
    io.stderr.write(`Open in a browser: ${page}\n`);
    return collection.interrupted ? exitCode.interrupted : exitCode.compliant;
  } finally {
    await endpoint.close();
  }
}
