import { Command } from 'commander';
import type { InitKit, MadeKit } from '../../src/cli/init/kit.ts';
import type { Io, Output } from '../../src/cli/io.ts';

const silent: Output = { write: () => undefined, isTerminal: false, columns: 100, color: false, links: false };

/** What `sealcheck init NAME` with these arguments makes, in the working directory of this process. Throws as the command line does. */
export async function makeKit(kit: InitKit, args: readonly string[], env: Io['env'] = {}): Promise<MadeKit> {
  let made: Promise<MadeKit> | undefined;
  const command = kit
    .addOptions(new Command('init'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.action((flags: { readonly [name: string]: unknown }) => {
    const io = { stdout: silent, stderr: silent, env, readStdin: () => Promise.resolve(Buffer.alloc(0)), now: () => 0 };
    made = kit.make(flags, { ...io, signal: new AbortController().signal });
  });
  await command.parseAsync([...args], { from: 'user' });
  if (made === undefined) throw new Error('the action was not called');
  return await made;
}
