import type { Command } from 'commander';
import type { Io } from '../io.ts';

/** What `sealcheck init NAME` writes: the files that make Sealcheck run somewhere, and what is left to do by hand. */
export interface InitKit {
  /** The word after `init`. */
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  /** Adds the flags of this kit; `--dir`, `--force` and `--dry-run` are there for all. */
  readonly addOptions: (command: Command) => Command;
  /** Makes the files as text; writes nothing. Flags as commander gives them. Throws UserError. */
  readonly make: (flags: { readonly [name: string]: unknown }, io: Io) => Promise<MadeKit>;
}

export interface MadeKit {
  /** Paths relative to `--dir`, with `/`. */
  readonly files: readonly { readonly path: string; readonly text: string; readonly executable?: boolean }[];
  /** What to do next, a line each, for stderr. */
  readonly next: readonly string[];
}
