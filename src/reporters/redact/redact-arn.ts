/** Words that say what kind of thing an ARN names; any other resource part is a name as a whole. */
const kinds = new Set([
  ...['secret', 'parameter', 'key', 'alias', 'role', 'user', 'group', 'policy', 'instance-profile', 'assumed-role', 'federated-user'],
  ...[
    'saml-provider',
    'oidc-provider',
    'function',
    'layer',
    'event-source-mapping',
    'db',
    'cluster',
    'rule',
    'event-bus',
    'alarm',
    'trail',
  ],
  ...['project', 'task-definition', 'service', 'log-group', 'instance', 'launch-template', 'stack', 'table', 'namespace', 'secgrp'],
]);

export interface ArnNames {
  readonly name: (name: string) => string;
  /** Whether a resource of the result has the name: then that is its pseudonym, however an ARN writes it. */
  readonly isKnown: (name: string) => boolean;
}

/** The ARN with a pseudonym for what it names. What AWS itself owns stays, and so does a pattern that names nothing. */
export function redactArn(arn: string, names: ArnNames): string {
  const [, head = '', account = '', resource = ''] = /^(arn:[^:]*:[^:]*:[^:]*:([^:]*):)([\s\S]*)$/.exec(arn) ?? [];
  if (head === '') return names.name(arn);
  if (account === 'aws' || namesNothing(resource)) return arn;
  const [, kind = '', separator = '', rest = ''] = /^([a-z][a-z-]*)([:/])([\s\S]+)$/.exec(resource) ?? [];
  if (!kinds.has(kind)) return `${head}${names.name(resource)}`;
  return `${head}${kind}${separator}${namesNothing(rest) ? rest : names.name(nameIn(kind, rest, names))}`;
}

function namesNothing(text: string): boolean {
  return text === 'root' || /^[*?/]*$/.test(text);
}

/** The name as resources of the kind have it: no random suffix, no path, the slash that an ARN leaves out. */
function nameIn(kind: string, rest: string, { isKnown }: ArnNames): string {
  const spellings = [rest, rest.replace(/-[A-Za-z0-9]{6}$/, ''), `/${rest}`, rest.split('/').at(-1) ?? rest];
  return spellings.find(isKnown) ?? (kind === 'secret' ? rest.replace(/-[A-Za-z0-9]{6}$/, '') : rest);
}
