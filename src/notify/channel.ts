import type { Message } from './message.ts';

/** What sending needs of the world; tests give their own. */
export interface World {
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Longest time of one attempt. */
  readonly attemptMs: number;
}

/**
 * What came of one attempt to send. `again`: another may succeed. `why` is for people and logs: a status or the name of an error, never a
 * text of the answer, the target or a secret.
 */
export type Attempt =
  { readonly ok: true } | { readonly ok: false; readonly again: boolean; readonly why: string; readonly retryAfterMs?: number };

/** Somewhere that messages go to. */
export interface Channel {
  readonly kind: string;
  /** Names it in records: a hash of its kind and target, since some targets are secrets. */
  readonly key: string;
  /** What it would send, without where to and without a secret: pure, and no larger than the service takes. */
  readonly payload: (message: Message) => unknown;
  /** One attempt. Throws only for bugs. */
  readonly send: (message: Message, world: World, signal: AbortSignal) => Promise<Attempt>;
  /** Closes connections. */
  readonly close: () => void;
}

/** A flag or a variable of the environment that a kind of channel is set by. */
export interface ChannelOption {
  /** As commander takes it, such as `--webhook-secret-file <file>`. */
  readonly flag: string;
  readonly description: string;
  /** Holds the value where the flag is not given. */
  readonly env?: string;
  /** Set where the flag names a file that holds the value. */
  readonly ofFile?: true;
}

export interface ChannelKind {
  readonly kind: string;
  readonly options: readonly ChannelOption[];
  /** Values by flag. Undefined: the channel is not asked for. Throws UserError, which never quotes a value that may be secret. */
  readonly open: (values: { readonly [flag: string]: string | undefined }) => Channel | undefined;
}
