import { nameIsDatabaseCredential, nameLooksSecret } from '../../resources/secret-name.ts';
import { bool, string } from '../../resources/shape.ts';
import type { CelFunction } from './cel-function.ts';

export const nameFunctions: readonly CelFunction[] = [
  {
    name: 'names.looksSecret',
    form: 'namespaced',
    params: [string],
    returns: bool,
    doc: 'Whether a name says that its value is a credential: its last words decide, so that password_policy or secret_arn do not count.',
    examples: [
      { expression: "names.looksSecret('/prod/smtp/PASSWD')", result: true },
      { expression: "names.looksSecret('/app/token_ttl_seconds')", result: false },
    ],
    call: (_budget, name) => nameLooksSecret(name as string),
  },
  {
    name: 'names.isDatabaseCredential',
    form: 'namespaced',
    params: [string],
    returns: bool,
    doc: 'Whether a name says that its value is the credential of a database.',
    examples: [
      { expression: "names.isDatabaseCredential('/prod/db/password')", result: true },
      { expression: "names.isDatabaseCredential('/prod/smtp/password')", result: false },
    ],
    call: (_budget, name) => nameIsDatabaseCredential(name as string),
  },
];
