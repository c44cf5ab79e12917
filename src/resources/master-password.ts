import { Unknown, type Maybe } from '../model/unknown.ts';
import { bool, object, optional, required, type ValueOf } from './shape.ts';
import { codeOnly, valueOrigin, type ValueOrigin } from './value-origin.ts';

/** How the master password of a database is set. The password itself never enters the model. */
export const masterPassword = object('MasterPassword', {
  origin: required(
    valueOrigin,
    'Where it comes from; `inherited` for a replica or a restored snapshot, `none` for a member of a cluster, whose cluster has it.',
    codeOnly,
  ),
  own: required(
    bool,
    'Whether the database has a password of its own: false for a member of a cluster, for a replica and for a restored snapshot, and where none is set. ' +
      'Of a restored database a live account no longer tells that it is one; there it has its own.',
  ),
  managed: required(bool, 'Whether the service keeps it in Secrets Manager and rotates it.'),
  writeOnly: required(bool, 'Whether Terraform keeps it out of plan and state.', codeOnly),
  pinned: optional(
    bool,
    'Whether a reference to Secrets Manager always reads one version, whatever rotation brings; absent where none is seen.',
    codeOnly,
  ),
});

/** The master password of one database, as policies see it. */
export type MasterPassword = ValueOf<typeof masterPassword>;

/**
 * The same where code says where the password comes from.
 *
 * @param isSet whether one is set for certain, though its origin may be Unknown
 */
export function passwordFrom(origin: Maybe<ValueOrigin>, rest: Omit<MasterPassword, 'origin' | 'own'>, isSet = false): MasterPassword {
  const own = origin instanceof Unknown ? isSet || origin : origin !== 'inherited' && origin !== 'none';
  return { origin, own, ...rest };
}
