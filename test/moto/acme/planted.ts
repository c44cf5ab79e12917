/** What a scan must say of a resource. */
export interface Verdict {
  /** `every`: no policy at all may blame it. */
  readonly policyId: string;
  readonly expect: 'fail' | 'clean';
  /** Rests on what moto cannot hold: past dates, schedule expressions, the last access, which secret is a primary. */
  readonly aged: boolean;
  readonly why: string;
}

/** A resource of the account description, and what must be found of it. */
export interface Described<Fixture> {
  readonly region: string;
  readonly fixture: Fixture;
  readonly verdicts: readonly Verdict[];
}

/** A planted fault or a decoy, with what identifies it in the findings. */
export interface Planted extends Verdict {
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** The policy must fail the resource. */
export function fails(policyId: string, why: string): Verdict {
  return { policyId, expect: 'fail', aged: false, why };
}

/** A decoy: the policy must not fail the resource. */
export function clean(policyId: string, why: string): Verdict {
  return { policyId, expect: 'clean', aged: false, why };
}

/** A decoy that nothing is wrong with. */
export function flawless(why: string): Verdict {
  return clean('every', why);
}

/** The same where dates, schedule expressions, last access and primaries are what the account description says. */
export function aged(verdict: Verdict): Verdict {
  return { ...verdict, aged: true };
}
