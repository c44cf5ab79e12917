import { nameIsDatabaseCredential, nameLooksSecret } from '../../resources/secret-name.ts';
import { bool, string } from '../../resources/shape.ts';
import type { CelFunction } from './cel-function.ts';

/** Several policies ask the same of one resource in a row; the last answer is kept. */
function remember(ask: (name: string) => boolean): (name: string) => boolean {
  let last: string | undefined;
  let answer = false;
  return (name) => {
    if (name !== last) [last, answer] = [name, ask(name)];
    return answer;
  };
}

const looksSecret = remember(nameLooksSecret);
const isDatabaseCredential = remember(nameIsDatabaseCredential);

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
    call: (_budget, name) => looksSecret(name as string),
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
    call: (_budget, name) => isDatabaseCredential(name as string),
  },
];
