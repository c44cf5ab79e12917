import { resourceType, type AttributesOf } from './resource-type.ts';
import { bool, list, liveOnly, object, oneOf, required, string, type ValueOf } from './shape.ts';

const idleReactor = object('IdleReactor', {
  kind: required(oneOf('rule', 'alarm'), 'Rule of EventBridge or alarm of CloudWatch.'),
  name: required(string, 'Its name.'),
  why: required(
    oneOf('switched off', 'no target', 'some events only', 'no trail'),
    'Why nothing comes of it. `no trail`: EventBridge hears of it only where a trail that is on records changes.',
  ),
});

/** Who hears of something that happens to a secret, as policies see it. */
const reaction = object('Reaction', {
  noticed: required(bool, 'Whether something with a live target reacts to it.'),
  by: required(list(string), 'Names of the rules and alarms that react.'),
  idle: required(list(idleReactor), 'Rules and alarms that were meant to and do not.'),
});

export const account = resourceType({
  name: 'AWS::::Account',
  doc: 'An account as one of its regions shows it: who would notice what happens to the secrets there. One for each region of a live scan.',
  service: 'account',
  kind: 'account',
  // Tags of accounts are kept in Organizations, at another account.
  untaggable: true,
  attributes: {
    holdsSecrets: required(bool, 'Whether the region has secrets, replicas and those scheduled for deletion aside.', liveOnly),
    rotatesSecrets: required(bool, 'Whether any of them rotates.', liveOnly),
    secretReads: required(
      object('SecretReads', {
        recorded: required(bool, 'Whether a trail that is on records all reads of secrets in this region.'),
        inEveryRegion: required(bool, 'Whether one of these trails covers every region, those enabled later too.'),
        trails: required(list(string), 'Names of the trails that record them.'),
        idle: required(
          list(string),
          'Names of the trails of this region that do not: switched off, failing to deliver, or without reads among their events.',
        ),
      }),
      'Whether CloudTrail records who reads secrets.',
      liveOnly,
    ),
    reactions: required(
      object('Reactions', {
        rotationFailure: required(reaction, 'A rotation fails.'),
        secretDeletion: required(reaction, 'A secret is scheduled for deletion.'),
        policyChange: required(reaction, 'The resource policy of a secret is set or deleted.'),
      }),
      'What reacts to events of secrets in this region: rules of EventBridge on the default bus, and alarms of CloudWatch.',
      liveOnly,
    ),
  },
});

export type Account = AttributesOf<typeof account>;
export type Reaction = ValueOf<typeof reaction>;
export type IdleReactor = ValueOf<typeof idleReactor>;
