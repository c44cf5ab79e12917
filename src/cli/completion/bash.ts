import type { CommandSpec } from './describe-commands.ts';

/** A completion script for bash 3.2 and later. What it leaves empty, bash fills with files. */
export function bashScript(commands: readonly CommandSpec[]): string {
  return `# Completion of sealcheck for bash; load it with: source <(sealcheck completion bash)
_sealcheck() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" command="" words="" word index
  if [ "$COMP_CWORD" -gt 0 ]; then prev="\${COMP_WORDS[COMP_CWORD-1]}"; fi
  COMPREPLY=()
  # "=" is a word of its own to bash: --flag=VALUE is three, and after -f NAME= comes a file.
  if [ "$cur" = "=" ]; then cur=""; prev="="; COMP_CWORD=$((COMP_CWORD + 1)); fi
  if [ "$prev" = "=" ]; then
    prev="\${COMP_WORDS[COMP_CWORD-2]}"
    case "$prev" in --*) ;; *) return ;; esac
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$command $word" in
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ${quote(path.includes(' ') ? path : ` ${path}`)}) command=${quote(path)} ;;`)
  .join('\n')}
    esac
  done
  case "$command:$prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur" || true))
}
complete -o default -F _sealcheck sealcheck
`;
}

function valueCases({ path, flags }: CommandSpec): readonly string[] {
  return flags.flatMap(({ names, value }) => {
    if (value === 'none') return [];
    const pattern = names.map((name) => quote(`${path}:${name}`)).join('|');
    return [
      value === 'any'
        ? `    ${pattern}) return ;;`
        : `    ${pattern}) COMPREPLY=($(compgen -W ${quote(value.join(' '))} -- "$cur" || true)); return ;;`,
    ];
  });
}

function commandCase({ path, flags, subcommands, words = [] }: CommandSpec): string {
  const names = flags.flatMap((flag) => flag.names);
  const others = [...subcommands.map(({ name }) => name), ...words];
  return `    ${quote(path)}) case "$cur" in -*) words=${quote(names.join(' '))} ;; *) words=${quote(others.join(' '))} ;; esac ;;`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
