import { Command, CommanderError, Help, type Option } from 'commander';
import { UserError } from '../model/errors.ts';
import { commands } from './commands/index.ts';
import { exampleFor } from './example-of.ts';
import { exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { suggestChoices } from './suggest-choices.ts';
import { toolVersion } from './version.ts';

const help = `
Examples:
  $ sealcheck demo                                  see it work, without an account
  $ sealcheck scan --aws                            judge the account of your AWS credentials
  $ sealcheck scan --aws --region all -f json=reports/findings.json -f sarif=reports/sealcheck.sarif
  $ sealcheck collect --aws -o account.json         save what was read, to judge it later
  $ sealcheck gate reports/findings.json --fail-on high
  $ sealcheck report reports/findings.json --group rule
  $ sealcheck explain secretsmanager-rotation-interval
  $ source <(sealcheck completion bash)             commands, flags and policies by the tab key

Exit codes: 0 compliant, 1 violations, 2 mistake in the call or a policy, 3 incomplete, 4 nothing could be read, 130 interrupted`;

/** With the default in words also where the value is left to what comes later, as a configuration. */
function optionDescription(option: Option): string {
  const text = new Help().optionDescription(option);
  const words = option.defaultValueDescription;
  return option.defaultValue === undefined && words !== undefined ? `${text} (default: ${words})` : text;
}

/** Runs one command and returns the exit code. Mistakes of the user are printed; anything else that throws is a bug. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let code: number = exitCode.compliant;
  const program = new Command('sealcheck')
    .description('Policy-as-code for AWS secrets: pass, fail or unknown, with the evidence.')
    .version(toolVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', help)
    .showSuggestionAfterError(true)
    .configureHelp({ optionDescription })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => Math.min(io.stdout.columns, 120),
      getErrHelpWidth: () => Math.min(io.stderr.columns, 120),
    });
  for (const command of commands) {
    command.register(program, async (run) => {
      code = await run(io);
    });
  }
  suggestChoices(program);
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return exitCode.usage;
    }
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      const example = exampleFor(error, program, args);
      if (example !== undefined) io.stderr.write(`  for example: ${example}\n`);
      return error.exitCode === 0 ? exitCode.compliant : exitCode.usage;
    }
    if (error instanceof UserError) {
      const { printUserError } = await import('./print-error.ts');
      printUserError(error, io.stderr);
      return error.code.endsWith('-failed') ? exitCode.failed : exitCode.usage;
    }
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(`This is a bug in sealcheck ${toolVersion}; please report it.\n${trace}\n`);
    return exitCode.bug;
  }
}
