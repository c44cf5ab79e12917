/** Codes of the mistakes a user can make. Scripts may rely on them. */
export type UserErrorCode =
  | 'usage'
  | 'file-not-found'
  | 'file-unreadable'
  | 'file-exists'
  | 'input-invalid'
  | 'input-unsupported'
  | 'output-failed'
  | 'config-invalid'
  | 'policy-invalid'
  | 'policy-duplicate'
  | 'selector-empty'
  | 'param-invalid'
  | 'waiver-invalid'
  | 'region-unknown'
  | 'credentials-failed'
  | 'state-failed'
  | 'notify-failed'
  | 'upload-failed';

/** A mistake in a file of the user's, with its place. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do about it, or the nearest valid name. */
  readonly hint?: string;
  /** The line of the file, for the caret below it. */
  readonly excerpt?: string;
}

/** Something the user can mend: exit code 2, or 4 for what the world did (the codes in `-failed`). Anything else that throws is a bug. */
export class UserError extends Error {
  readonly code: UserErrorCode;
  readonly hint: string | undefined;
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: UserErrorCode, message: string, details: { hint?: string; diagnostics?: readonly Diagnostic[]; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'UserError';
    this.code = code;
    this.hint = details.hint;
    this.diagnostics = details.diagnostics ?? [];
  }
}
