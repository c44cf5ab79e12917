import { Unknown } from '../model/unknown.ts';

/** Several unknowns, each of which the value waits for. */
export class Unknowns {
  readonly all: readonly Unknown[];
  constructor(all: readonly Unknown[]) {
    this.all = all;
  }
}

/** The expression cannot be evaluated on these data: a mistake of the policy, never a pass. */
export class Failure {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** `absent`: an attribute that is not set was read without has(). */
  readonly kind: 'absent' | 'error';
  constructor(message: string, start: number, end: number, kind: 'absent' | 'error' = 'error') {
    this.message = message;
    this.start = start;
    this.end = end;
    this.kind = kind;
  }
}

/** The third truth value, in its kinds: not decided by what is known. */
export type Open = Unknown | Unknowns | Failure;

export function isOpen(value: unknown): value is Open {
  return typeof value === 'object' && (value instanceof Unknown || value instanceof Unknowns || value instanceof Failure);
}

export function unknownsOf(open: Open): readonly Unknown[] {
  if (open instanceof Unknown) return [open];
  return open instanceof Unknowns ? open.all : [];
}

/** A condition over thousands of unknowns names this many of them; the first are as good as all. */
const mostNamed = 100;

/** What remains when two undecided parts meet: all unknowns of both; a failure only when there is no unknown (as in cel-go). */
export function merge(a: Open, b: Open): Open {
  if (a === b || b instanceof Failure) return a;
  if (a instanceof Failure) return b;
  if (a instanceof Unknowns && a.all.length >= mostNamed) return a;
  const all = [...unknownsOf(a)];
  for (const one of unknownsOf(b)) {
    if (all.length >= mostNamed) break;
    if (!all.some((other) => other.path === one.path && other.reason === one.reason && other.detail === one.detail)) all.push(one);
  }
  const [first] = all;
  return all.length === 1 && first ? first : new Unknowns(all);
}
