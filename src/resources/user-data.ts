import { bool, object, optional, required, string, type ValueOf } from './shape.ts';

/** What the detector says of the user data of an instance. The script itself never enters the model. */
export const userData = object('UserData', {
  looksSecret: required(bool, 'Whether something in it looks like a credential.'),
  kind: optional(string, 'What it looks like, such as `private-key`; absent when nothing looks like a credential.'),
});

/** The user data of one instance, as policies see them. */
export type UserData = ValueOf<typeof userData>;
