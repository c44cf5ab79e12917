import type { AccountIndex } from './account-index.ts';

/** Who makes a request, by the keys that signed it. */
export interface Caller {
  readonly arn: string;
  readonly userId: string;
}

/** One request, resolved to the account that answers it. */
export interface Call {
  readonly input: Readonly<Record<string, unknown>>;
  readonly account: AccountIndex;
  /** Every account by its id, for AssumeRole and for keys of other accounts. */
  readonly accounts: ReadonlyMap<string, AccountIndex>;
  readonly caller: Caller;
  readonly region: string;
  /** The `short-pages` fault: give fewer items than asked for. */
  readonly shortPages: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Operation {
  /** The answer in the protocol of its service: JSON text, or the XML within `<…Result>`. Throws ServiceError. */
  readonly answer: (call: Call) => string;
  /** Of a list in pages: the field of the answer that brings the next token, and the flag beside it where there is one. */
  readonly paging?: { readonly token: string; readonly flag?: string };
}

export type Operations = Readonly<Record<string, Operation>>;
