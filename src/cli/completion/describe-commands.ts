import type { Command, Option } from 'commander';

/** What can follow in a command line, told by what commander knows of the commands. */
export interface CommandSpec {
  /** `policies list`; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly flags: readonly FlagSpec[];
  /** Words for the first argument; undefined where files are meant, or nothing. */
  readonly words?: readonly string[];
}

export interface FlagSpec {
  /** `-f`, `--format`. */
  readonly names: readonly string[];
  readonly description: string;
  /** `none`: it takes no value. `any`: a value of which nothing is known here, such as a file. */
  readonly value: 'none' | 'any' | readonly string[];
}

/** Words that are known elsewhere than in the choices of a flag. */
export interface KnownWords {
  /** By long flag: `--format`, `--policy`. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** By name of an argument: `id`. */
  readonly args: ReadonlyMap<string, readonly string[]>;
}

/** The program and all its commands, in the order of the help. */
export function describeCommands(program: Command, known: KnownWords): readonly CommandSpec[] {
  return describe(program, '', known);
}

function describe(command: Command, path: string, known: KnownWords): readonly CommandSpec[] {
  const help = command.createHelp();
  const subcommands = help.visibleCommands(command);
  const [argument] = command.registeredArguments;
  const words = argument && (argument.argChoices ?? known.args.get(argument.name()));
  const own: CommandSpec = {
    path,
    description: command.description(),
    subcommands: subcommands.map((sub) => ({ name: sub.name(), description: sub.description() })),
    flags: help.visibleOptions(command).map((option) => describeFlag(option, known)),
    ...(words === undefined ? {} : { words }),
  };
  return [
    own,
    ...subcommands.filter((sub) => sub.name() !== 'help').flatMap((sub) => describe(sub, `${path} ${sub.name()}`.trim(), known)),
  ];
}

function describeFlag(option: Option, { flags }: KnownWords): FlagSpec {
  const names = [option.short, option.long].filter((name) => name !== undefined && name !== null);
  const takesValue = option.required || option.optional;
  return {
    names,
    description: option.description,
    value: takesValue ? (option.argChoices ?? flags.get(option.long ?? '') ?? 'any') : 'none',
  };
}
