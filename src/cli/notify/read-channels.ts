import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import type { Channel, ChannelOption } from '../../notify/channel.ts';
import { channelKinds } from '../../notify/channels/index.ts';
import type { Io } from '../io.ts';

/** Adds the flags of every kind of channel. */
export function addChannelOptions(command: Command): Command {
  for (const { flag, description } of channelKinds.flatMap(({ options }) => options)) command.option(flag, description);
  return command;
}

/** The channels that flags and the environment ask for; a flag goes before its variable. Throws UserError where there are none. */
export function readChannels(flags: { readonly [name: string]: unknown }, { env }: Pick<Io, 'env'>): readonly Channel[] {
  const channels = channelKinds.flatMap(({ options, open }) => {
    const values = Object.fromEntries(options.map((option) => [option.flag, valueOf(option, flags, env)]));
    return open(values) ?? [];
  });
  if (channels.length > 0) return channels;
  const ways = channelKinds.flatMap(({ options: [first] }) => (first === undefined ? [] : [first.flag.split(' ')[0] ?? '']));
  throw new UserError('usage', 'nobody to tell: no channel is configured', { hint: `give one or more of ${ways.join(', ')}` });
}

function valueOf(option: ChannelOption, flags: { readonly [name: string]: unknown }, env: Io['env']): string | undefined {
  const given = flags[new Option(option.flag).attributeName()];
  if (typeof given === 'string') return option.ofFile === true ? readSecret(given, option) : given;
  const value = option.env === undefined ? undefined : env[option.env];
  return value === undefined || value.trim() === '' ? undefined : value;
}

function readSecret(file: string, { flag }: ChannelOption): string {
  const name = flag.split(' ')[0] ?? '';
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') throw new UserError('file-not-found', `there is no file ${file} of ${name}`, { cause: error });
    throw new UserError('file-unreadable', `cannot read the file ${file} of ${name}: ${code}`, { cause: error });
  }
}
