import type { Needs } from '../../model/resource.ts';
import type { Progress } from './progress.ts';
import type { Tuning } from './tuning.ts';

/** What the user asked for. */
export interface AwsOptions {
  /** Named profile of the shared AWS configuration; without it the SDK's own chain decides. */
  readonly profile?: string;
  /** Left out: the SDK's default region. */
  readonly regions?: readonly string[] | 'all';
  /** Roles to assume, one for each account; empty: the caller's own account. */
  readonly roleArns: readonly string[];
  /** For all the roles that have none of their own. */
  readonly externalId?: string;
  /** External ids by the ARN of the role. */
  readonly externalIds?: { readonly [roleArn: string]: string };
  /** With `roleArns`: read the caller's own account too. */
  readonly withCaller: boolean;
  /** Read the values of String and StringList parameters, to classify and drop them. */
  readonly inspectValues: boolean;
  /** Judge every KMS key, not only those that encrypt a secret or parameter of the run. */
  readonly allKeys: boolean;
  /** Instead of AWS, for every service: the embedded endpoint, or moto. */
  readonly endpoint?: string;
  /** Instead of the SDK's chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

/** What a collection may do only when the user asked for it. */
export type Flag = 'inspectValues' | 'allKeys';
export type Flags = Pick<AwsOptions, Flag>;

/** What the run provides. */
export interface AwsContext {
  readonly needs: Needs;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Aborted: no further call is made, and what was read so far is returned. */
  readonly signal: AbortSignal;
  readonly onProgress: (event: Progress) => void;
  readonly tuning?: Partial<Tuning>;
}
