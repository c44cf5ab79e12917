/** Why a value could not be learnt. The one list: tests, reports, schemas and fixtures use these words. */
export const unknownReasons = [
  'known-after-apply',
  'unresolved-reference',
  'partial-input',
  'access-denied',
  'throttled',
  'timeout',
  'malformed-response',
  'request-failed',
  'not-collected',
  'not-in-source',
  'policy-error',
] as const;

export type UnknownReason = (typeof unknownReasons)[number];

export function isUnknownReason(word: string): word is UnknownReason {
  return (unknownReasons as readonly string[]).includes(word);
}

/**
 * A value that exists or may exist but could not be learnt. It may stand at any depth of a resource's
 * attributes, in list elements and map values too, and is never the same as an absent value.
 *
 * A class, not an object with a marker key: data from outside (a plan, a tag map) can then never pass for one.
 */
export class Unknown {
  readonly reason: UnknownReason;
  /** One sentence for people: what was asked and what came back. Never holds a value that was read. */
  readonly detail: string;
  /** The IAM action that would have answered, such as `secretsmanager:GetResourcePolicy`. */
  readonly action: string | undefined;
  /** Attribute path, such as `rotation.schedule.intervalDays`; empty until `placeUnknowns` has put it there. */
  readonly path: string;
  /**
   * Names the value where it is one and the same in several places, such as the account that a template will be deployed to:
   * two Unknowns of one symbol are equal, whatever they are. Absent for the others, of which nothing can be said.
   */
  readonly symbol: string | undefined;

  constructor(reason: UnknownReason, detail: string, action?: string, path = '', symbol?: string) {
    this.reason = reason;
    this.detail = detail;
    this.action = action;
    this.path = path;
    this.symbol = symbol;
  }

  at(path: string): Unknown {
    return this.path === path ? this : new Unknown(this.reason, this.detail, this.action, path, this.symbol);
  }
}

/** An attribute value as a source saw it: known, or Unknown. */
export type Maybe<T> = T | Unknown;
