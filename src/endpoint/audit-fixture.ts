/** What watches over a region: trails, rules and alarms. */
export interface AuditFixture {
  readonly trails?: readonly TrailFixture[];
  /** Of the default event bus. */
  readonly rules?: readonly RuleFixture[];
  readonly alarms?: readonly AlarmFixture[];
}

/** A trail, in its home region. */
export interface TrailFixture {
  readonly name: string;
  readonly multiRegion?: boolean;
  readonly organization?: boolean;
  /** Default true. */
  readonly logging?: boolean;
  /** What the bucket answers, such as `AccessDenied`. */
  readonly deliveryError?: string;
  /** ARN of a log group. */
  readonly logGroup?: string;
  /** In the form of AWS. Default: the one selector that a new trail has. */
  readonly eventSelectors?: readonly object[];
  readonly advancedEventSelectors?: readonly object[];
}

export interface RuleFixture {
  readonly name: string;
  /** Default `ENABLED`. */
  readonly state?: string;
  /** Absent: the rule runs by a schedule. */
  readonly pattern?: object;
  /** ARNs. */
  readonly targets?: readonly string[];
}

export interface AlarmFixture {
  readonly name: string;
  readonly metric: string;
  /** Default true. */
  readonly actionsEnabled?: boolean;
  /** ARNs. */
  readonly actions?: readonly string[];
}
