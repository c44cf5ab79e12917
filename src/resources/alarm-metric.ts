import type { SecretEvent } from './secret-event.ts';

/** Which events a metric counts, as far as its name tells. */
export interface CountedEvents {
  readonly certain: readonly SecretEvent[];
  /** Its name speaks of them, among other things: it may as well count something else. */
  readonly possible: readonly SecretEvent[];
}

/**
 * The events that a metric counts, by its name. AWS publishes no metric for them: it is one of the account's own, from a
 * metric filter on the logs of CloudTrail or from a rotation function, and its name is all that an alarm shows of it.
 */
export function eventsOfMetric(name: string): CountedEvents {
  // SecretRotationFailures, secret-rotation-failed and secret_rotation_failed are the same words.
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  const certain: SecretEvent[] = [];
  const possible: SecretEvent[] = [];
  for (const [sign, events] of signs) {
    const found = sign.exec(plain);
    if (found === null) continue;
    const rest = [plain.slice(0, found.index), plain.slice(found.index + found[0].length)];
    (rest.every((words) => filler.test(words)) ? certain : possible).push(...events);
  }
  return { certain, possible: possible.filter((event) => !certain.includes(event)) };
}

const signs: readonly (readonly [RegExp, readonly SecretEvent[]])[] = [
  [/rotat(?:ions?|ed|es?|ing)?(?:fail(?:ed|ures?|ing)?|errors?)|fail(?:ed|ing)?(?:secrets?)?rotat(?:ions?|ing)?/, ['RotationFailed']],
  [/deleted?(?:the)?secrets?(?!value|version)|secrets?(?:was|were|is)?delet(?:ed|ions?|es?)/, ['DeleteSecret']],
  [
    /putresourcepolicy|(?:secrets?|resource)polic(?:y|ies)(?:was|were)?(?:chang(?:es?|ed|ing)|modif(?:y|ied|ications?)|updated?s?)/,
    ['PutResourcePolicy'],
  ],
  [
    /deleteresourcepolicy|(?:secrets?|resource)polic(?:y|ies)(?:was|were)?(?:chang(?:es?|ed|ing)|modif(?:y|ied|ications?)|delet(?:ed|ions?|es?))/,
    ['DeleteResourcePolicy'],
  ],
];

/** Words that change nothing in what is counted. */
const filler =
  /^(?:aws|secretsmanager|secrets?|manager|sm|cloudtrail|counts?|counter|number|num|total|of|events?|metrics?|alarms?|alerts?|calls?|api|detected|filter|prod(?:uction)?|stag(?:e|ing)|dev)*$/;
