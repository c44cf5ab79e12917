import { UserError } from '../../model/errors.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addReportOptions, checkSplit, chosenOptions, type ReportFlags } from '../report-options.ts';
import type { Command } from './command.ts';

interface Flags extends ReportFlags {
  readonly framework?: string;
}

const examples = `
Examples:
  $ sealcheck scan --aws -f json=findings.json
  $ sealcheck report findings.json --group rule --max-findings 50
  $ sealcheck report findings.json -f sarif=gl.sarif --sarif-profile gitlab --sarif-split account
  $ sealcheck report findings.json -f sarif=sealcheck.sarif -f json=copy.json
  $ sealcheck report findings.json -f sarif=public.sarif --redact account,name --redact-key-file redact.key
  $ sealcheck report findings.json --framework pci-dss-4
  $ sealcheck report findings.json --framework nist-800-53-r5 -f markdown=evidence.md -f csv=evidence.csv
  $ sealcheck report --framework list

It exits 0 whatever the findings are: the scan has judged them.`;

export const reportCommand: Command = {
  name: 'report',
  register: (program, action) => {
    const command = program
      .command('report')
      .description('make reports of a saved result: any format of a scan, or the evidence by control of a framework')
      .argument('[findings]', 'findings.json of a scan; - for standard input')
      .option('--framework <id>', 'framework whose requirements to report on, as text, markdown, json or csv; list for all of them');
    addReportOptions(command)
      .addHelpText('after', examples)
      .action(async (findings: string | undefined, flags: Flags) => {
        await action((io) =>
          flags.framework === undefined ? report(findings, flags, io) : reportControls(findings, flags.framework, flags, io),
        );
      });
  },
};

async function report(findings: string | undefined, flags: Flags, io: Io): Promise<number> {
  const file = named(findings);
  const [{ planOutputs, writeOutputs }, { readResult }, { readRedaction }] = await Promise.all([
    import('../outputs.ts'),
    import('../read-result.ts'),
    import('../read-redaction.ts'),
  ]);
  const plans = planOutputs(flags.format);
  checkSplit(plans, flags);
  const options = chosenOptions(flags, io);
  const redact = readRedaction(flags, io);
  writeOutputs(redact(await readResult(file, io)), plans, options, io);
  return exitCode.compliant;
}

async function reportControls(findings: string | undefined, id: string, flags: Flags, io: Io): Promise<number> {
  const { findFramework, listFrameworks, loadBuiltFrameworks } = await import('../frameworks.ts');
  const frameworks = await loadBuiltFrameworks();
  if (id === 'list') {
    io.stdout.write(listFrameworks(frameworks));
    return exitCode.compliant;
  }
  const framework = findFramework(id, frameworks);
  const file = named(findings);
  const [{ planDocuments, writeDocuments }, { readResult }, { readRedaction }, { collectEvidence }, { evidenceReporters }] =
    await Promise.all([
      import('../outputs.ts'),
      import('../read-result.ts'),
      import('../read-redaction.ts'),
      import('../../reporters/controls/collect-evidence.ts'),
      import('../../reporters/controls/index.ts'),
    ]);
  const plans = planDocuments(flags.format, evidenceReporters);
  const redact = readRedaction(flags, io);
  const evidence = collectEvidence(redact(await readResult(file, io)), framework);
  writeDocuments(plans, ({ render }, options) => ({ text: render(evidence, options), warnings: [] }), io);
  return exitCode.compliant;
}

function named(findings: string | undefined): string {
  if (findings !== undefined) return findings;
  throw new UserError('usage', 'no result to report on', { hint: 'make one with sealcheck scan … -f json=findings.json, and name it' });
}
