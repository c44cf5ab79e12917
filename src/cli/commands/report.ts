import { Option } from 'commander';
import { UserError } from '../../model/errors.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { collect } from '../options.ts';
import type { Command } from './command.ts';

interface ReportFlags {
  readonly framework?: string;
  readonly format: readonly string[];
}

const examples = `
Examples:
  $ sealcheck scan --aws -f json=findings.json
  $ sealcheck report findings.json --framework pci-dss-4
  $ sealcheck report findings.json --framework nist-800-53-r5 -f markdown=evidence.md -f csv=evidence.csv
  $ sealcheck report --framework list`;

export const reportCommand: Command = {
  name: 'report',
  register: (program, action) => {
    program
      .command('report')
      .description('make a report of a saved result: the evidence by control of a framework')
      .argument('[findings]', 'findings.json of a scan; - for standard input')
      .option('--framework <id>', 'framework whose requirements to report on; list for all of them')
      .addOption(
        new Option('-f, --format <name[=path]>', 'text, markdown, json or csv, to standard output or a file; repeats')
          .argParser(collect)
          .default([], 'text'),
      )
      .addHelpText('after', examples)
      .action(async (findings: string | undefined, flags: ReportFlags) => {
        await action((io) => report(findings, flags, io));
      });
  },
};

async function report(findings: string | undefined, { framework: id, format }: ReportFlags, io: Io): Promise<number> {
  if (id === undefined) {
    throw new UserError('usage', 'nothing says what to report', {
      hint: 'name a framework: --framework pci-dss-4, or list for all of them',
    });
  }
  const { findFramework, listFrameworks, loadBuiltFrameworks } = await import('../frameworks.ts');
  const frameworks = await loadBuiltFrameworks();
  if (id === 'list') {
    io.stdout.write(listFrameworks(frameworks));
    return exitCode.compliant;
  }
  const framework = findFramework(id, frameworks);
  if (findings === undefined) {
    throw new UserError('usage', 'no result to report on', { hint: 'make one with sealcheck scan … -f json=findings.json, and name it' });
  }
  const [{ planDocuments, writeDocuments }, { readResult }, { collectEvidence }, { evidenceReporters }] = await Promise.all([
    import('../outputs.ts'),
    import('../read-result.ts'),
    import('../../reporters/controls/collect-evidence.ts'),
    import('../../reporters/controls/index.ts'),
  ]);
  const plans = planDocuments(format, evidenceReporters);
  const evidence = collectEvidence(await readResult(findings, io), framework);
  writeDocuments(plans, ({ render }, options) => ({ text: render(evidence, options), warnings: [] }), io);
  return exitCode.compliant;
}
