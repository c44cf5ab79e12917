import { Argument, type Command as Program } from 'commander';
import type { CommandSpec } from '../completion/describe-commands.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const examples = `
Examples:
  $ source <(sealcheck completion bash)                      this shell; put the line into ~/.bashrc for all
  $ source <(sealcheck completion zsh)                       after compinit in ~/.zshrc
  $ sealcheck completion fish > ~/.config/fish/completions/sealcheck.fish`;

export const completionCommand: Command = {
  name: 'completion',
  register: (program, action) => {
    program
      .command('completion')
      .description('print a script that completes commands, flags, formats and policies in a shell')
      .addArgument(new Argument('<shell>', 'the shell').choices(shells))
      .addHelpText('after', examples)
      .action(async (shell: Shell) => {
        await action((io) => printCompletion(shell, program, io));
      });
  },
};

async function printCompletion(shell: Shell, program: Program, io: Io): Promise<number> {
  const [{ describeCommands }, { knownWords }] = await Promise.all([
    import('../completion/describe-commands.ts'),
    import('../completion/known-words.ts'),
  ]);
  io.stdout.write(await scriptOf(shell, describeCommands(program, await knownWords())));
  return exitCode.compliant;
}

async function scriptOf(shell: Shell, commands: readonly CommandSpec[]): Promise<string> {
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashScript(commands);
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshScript(commands);
    case 'fish':
      return (await import('../completion/fish.ts')).fishScript(commands);
    default:
      return shell satisfies never;
  }
}
