import type { Command, CommanderError } from 'commander';

/** Errors of a call that lacks something: an example shows what. */
const lacking = new Set(['commander.missingArgument', 'commander.missingMandatoryOptionValue']);

/** The first example in the help of the command that was called, where the call lacks something; else undefined. */
export function exampleFor({ code }: CommanderError, program: Command, args: readonly string[]): string | undefined {
  if (!lacking.has(code)) return undefined;
  let called = program;
  for (const word of args) {
    const inner = called.commands.find((command) => command.name() === word);
    if (inner === undefined) break;
    called = inner;
  }
  let help = '';
  called.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
  return /^ {2}\$ (.*?)(?: {2,}.*)?$/m.exec(help)?.[1];
}
