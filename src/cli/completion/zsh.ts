import type { CommandSpec } from './describe-commands.ts';

/** A completion script for zsh, with descriptions. */
export function zshScript(commands: readonly CommandSpec[]): string {
  return `#compdef sealcheck
# Completion of sealcheck for zsh; load it with: source <(sealcheck completion zsh), after compinit,
# or save it as _sealcheck in a folder of $fpath.
_sealcheck() {
  local command="" word previous="\${words[CURRENT-1]}"
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ${quote(path.includes(' ') ? path : ` ${path}`)}) command=${quote(path)} ;;`)
  .join('\n')}
    esac
  done
  case "$command:$previous" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "\${funcstack[1]}" = "_sealcheck" ]; then
  _sealcheck "$@"
else
  compdef _sealcheck sealcheck
fi
`;
}

function valueCases({ path, flags }: CommandSpec): readonly string[] {
  return flags.flatMap(({ names, value }) => {
    if (value === 'none') return [];
    const pattern = names.map((name) => quote(`${path}:${name}`)).join('|');
    return [value === 'any' ? `    ${pattern}) _files; return ;;` : `    ${pattern}) compadd -- ${value.map(quote).join(' ')}; return ;;`];
  });
}

function commandCase({ path, flags, subcommands, words = [] }: CommandSpec): string {
  const described = (name: string, description: string): string => quote(`${name.replaceAll(':', String.raw`\:`)}:${description}`);
  const options = flags.flatMap(({ names, description }) => names.map((name) => described(name, description)));
  const subs = subcommands.map(({ name, description }) => described(name, description));
  const others = [
    ...(subs.length > 0 ? [`found=(${subs.join(' ')}); _describe command found`] : []),
    ...(words.length > 0 ? [`compadd -- ${words.map(quote).join(' ')}`] : []),
    ...(subs.length === 0 && words.length === 0 ? ['_files'] : []),
  ];
  return `    ${quote(path)})
      if [[ "\${words[CURRENT]}" == -* ]]; then
        found=(${options.join(' ')}); _describe option found
      else
        ${others.join('; ')}
      fi ;;`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
