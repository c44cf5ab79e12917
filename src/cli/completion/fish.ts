import type { CommandSpec } from './describe-commands.ts';

/** A completion script for fish, with descriptions. */
export function fishScript(commands: readonly CommandSpec[]): string {
  return `# Completion of sealcheck for fish; load it with: sealcheck completion fish | source
complete -c sealcheck -e
${commands.flatMap((command) => linesOf(command, commands)).join('\n')}
`;
}

function linesOf({ path, flags, subcommands, words = [] }: CommandSpec, all: readonly CommandSpec[]): readonly string[] {
  const when = conditionOf(path, all);
  return [
    ...subcommands.map(({ name, description }) => `complete -c sealcheck -n ${when} -f -a ${quote(name)} -d ${quote(description)}`),
    ...(words.length > 0 ? [`complete -c sealcheck -n ${when} -f -a ${quote(words.join(' '))}`] : []),
    ...flags.map(({ names, description, value }) => {
      const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
      const takes = value === 'none' ? '' : value === 'any' ? ' -r' : ` -x -a ${quote(value.join(' '))}`;
      return `complete -c sealcheck -n ${when} ${spelt}${takes} -d ${quote(description)}`;
    }),
  ];
}

function conditionOf(path: string, all: readonly CommandSpec[]): string {
  if (path === '') return '__fish_use_subcommand';
  const [first = '', second] = path.split(' ');
  if (second !== undefined) return quote(`__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`);
  const below = all.filter((one) => one.path.startsWith(`${first} `)).map((one) => one.path.split(' ')[1] ?? '');
  const none = below.length === 0 ? '' : `; and not __fish_seen_subcommand_from ${below.join(' ')}`;
  return quote(`__fish_seen_subcommand_from ${first}${none}`);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
}
