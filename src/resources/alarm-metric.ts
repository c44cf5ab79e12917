import type { SecretEvent } from './secret-event.ts';

/**
 * The events that a metric counts, by its name. AWS publishes no metric for them: it is one of the account's own, from a
 * metric filter on the logs of CloudTrail or from a rotation function, and its name is all that an alarm shows of it.
 */
export function eventsOfMetric(name: string): readonly SecretEvent[] {
  // SecretRotationFailures, secret-rotation-failed and secret_rotation_failed are the same words.
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return signs.flatMap(([sign, events]) => (sign.test(plain) ? events : []));
}

const signs: readonly (readonly [RegExp, readonly SecretEvent[]])[] = [
  [/rotat(ion|ions|e|ing)?(fail|error)|fail(ed|ing)?(secrets?)?rotat/, ['RotationFailed']],
  [/delete(d)?(the)?secret(?!value|version)|secrets?(was|were|is)?(delet)/, ['DeleteSecret']],
  [/putresourcepolicy|(secrets?|resource)polic(y|ies)(was|were)?(change|modif|update)/, ['PutResourcePolicy']],
  [/deleteresourcepolicy|(secrets?|resource)polic(y|ies)(was|were)?(change|modif|delet)/, ['DeleteResourcePolicy']],
];
