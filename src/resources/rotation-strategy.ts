import { Unknown, type Maybe } from '../model/unknown.ts';
import { nameWords } from './name-words.ts';
import { oneOf } from './shape.ts';

/**
 * What a rotation function does to the users of a database: `single-user` gives the one user another password, and
 * `alternating-users` one of two users, while the other goes on.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
 */
export const rotationStrategy = oneOf('single-user', 'alternating-users');

/** One of its words. */
export type RotationStrategy = NonNullable<(typeof rotationStrategy)['values']>[number];

const engines = /db2|mariadb|mysql|oracle|postgres|sqlserver|redshift|mongodb|docdb|documentdb|aurora|rds/i;

/**
 * What the text of a rotation function says of it: its name, its description, the type of a hosted one, or the application that it was made from, such as
 * `SecretsManagerRDSMySQLRotationMultiUser`. Undefined when it says nothing, or both, or names no database: other services have no second user.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 */
export function strategyIn(text: string): RotationStrategy | undefined {
  const cut = text.slice(0, 2048);
  if (!engines.test(cut)) return undefined;
  const single = /single[-_ ]?users?(?![a-z])/i.test(cut);
  const alternating = /(?:multi|alternating)[-_ ]?users?(?![a-z])/i.test(cut);
  if (single === alternating) return undefined;
  return single ? 'single-user' : 'alternating-users';
}

/** The first text that says something; Unknown where none does and one is not known. */
export function strategyOf(texts: readonly (Maybe<string> | undefined)[]): Maybe<RotationStrategy> | undefined {
  for (const text of texts) {
    const said = typeof text === 'string' ? strategyIn(text) : undefined;
    if (said !== undefined) return said;
  }
  return texts.find((text) => text instanceof Unknown);
}

const superusers: ReadonlySet<string> = new Set([
  ...['superuser', 'master', 'masteruser', 'root', 'admin', 'administrator', 'adminuser', 'sysadmin', 'dbadmin', 'dbmaster', 'rdsadmin'],
]);

/** What may stand behind the word: `admin-portal` is the name of something else. */
const followers: ReadonlySet<string> = new Set(
  'user users credential credentials cred creds secret secrets password passwd pass login account key db database rds aurora postgres postgresql mysql mariadb oracle dev test stage staging prod production v'.split(
    ' ',
  ),
);

/** Whether a name says that it is of the superuser of a database: `orders/db-admin`. */
export function namesSuperuser(name: string): boolean {
  return nameWords(name).some((words) => {
    const at = words.findLastIndex((word) => superusers.has(word));
    return at !== -1 && words.slice(at + 1).every((word) => followers.has(word));
  });
}
