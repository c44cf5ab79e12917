import type { MasterUserSecret } from '@aws-sdk/client-rds';
import type { Unknown } from '../../model/unknown.ts';
import type { MasterPassword } from '../../resources/master-password.ts';
import { expected } from './answer-fields.ts';
import type { Operation } from './operations.ts';

/** What a live account can tell of a master password: not how it was set. */
export type LivePassword = Omit<MasterPassword, 'origin' | 'writeOnly' | 'pinned'>;

/** A database with its attributes but for those that only code can tell. */
export type LiveDatabase<Attributes extends { readonly masterPassword: unknown }> = Omit<Attributes, 'masterPassword'> & {
  readonly masterPassword: LivePassword | Unknown;
};

/** By the secret that RDS names beside what it manages; it names none where somebody has set the password. */
export function isManaged(secret: MasterUserSecret | undefined, operation: Operation): LivePassword['managed'] {
  if (!secret) return false;
  const arn = expected(secret.SecretArn, 'SecretArn', operation);
  return typeof arn === 'string' ? true : arn;
}
