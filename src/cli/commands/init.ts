import { kits } from '../init/index.ts';
import type { InitKit } from '../init/kit.ts';
import type { WriteFlags } from '../init/write-kit.ts';
import type { Command } from './command.ts';

const examples = `
Examples:
  $ sealcheck init github --dry-run
  $ sealcheck init github --workflow plan,code-scanning --terraform infra
  $ sealcheck init gitlab --target infra/plan.json
  $ sealcheck init pre-commit --target template.yaml`;

export const initCommand: Command = {
  name: 'init',
  register: (program, action) => {
    const init = program
      .command('init')
      .description('write the files that make Sealcheck run on a schedule and in CI')
      .addHelpText('after', examples);
    for (const kit of kits) {
      const command = init
        .command(kit.name)
        .description(kit.summary)
        .option('--dir <dir>', 'folder to write into: the top of the repository', '.')
        .option('--force', 'overwrite files that are there and differ')
        .option('--dry-run', 'print the files and write nothing');
      kit
        .addOptions(command)
        .addHelpText('after', `\nExample:\n  $ sealcheck init ${kit.name} --dry-run`)
        .action(async (flags: WriteFlags & { readonly [name: string]: unknown }) => {
          await action((io) => make(kit, flags, io));
        });
    }
  },
};

async function make(
  kit: InitKit,
  flags: WriteFlags & { readonly [name: string]: unknown },
  io: Parameters<InitKit['make']>[1],
): Promise<number> {
  const { writeKit } = await import('../init/write-kit.ts');
  return writeKit(await kit.make(flags, io), flags, io);
}
