import { bool, object, optional, required, type ValueOf } from './shape.ts';
import { codeOnly, valueOrigin } from './value-origin.ts';

/** How the master password of a database is set. The password itself never enters the model. */
export const masterPassword = object('MasterPassword', {
  origin: required(
    valueOrigin,
    'Where it comes from; `inherited` for a replica or a restored snapshot, `none` for a member of a cluster, whose cluster has it.',
    codeOnly,
  ),
  managed: required(bool, 'Whether the service keeps it in Secrets Manager and rotates it.'),
  writeOnly: required(bool, 'Whether Terraform keeps it out of plan and state.', codeOnly),
  pinned: optional(bool, 'Whether a dynamic reference always reads one version, whatever comes after it; absent for other origins.'),
});

/** The master password of one database, as policies see it. */
export type MasterPassword = ValueOf<typeof masterPassword>;
