import type { SourceLocation } from '../../model/location.ts';
import type { Block, Path } from './block.ts';

/** The .tf files behind a plan. Every answer may be undefined: files can be missing, or of another version than the plan. */
export interface Sources {
  /**
   * The value that the code gives the argument at the path: JSON data with Unknown and BlockReference in any place. Undefined when
   * the code could not be found or understood.
   */
  readonly evaluate: (block: Block, path: Path) => { readonly value: unknown } | undefined;
  /** Whether the code sets the argument at the path, or may in a dynamic block; undefined when the block could not be found. */
  readonly sets: (block: Block, path: Path) => boolean | undefined;
  /**
   * The expression at the path in the form of `configuration` (`{ constant_value }`, `{ references }`), down to a key of a map or an
   * object inside a function, which a plan does not tell apart.
   */
  readonly expression: (block: Block, path: Path) => unknown;
  /**
   * Whether the argument is written with a literal beside a name that says credential, as in `jsonencode({ password = "…" })`, or, where it
   * takes nothing but a credential, with one joined to something else. Local values are followed.
   */
  readonly holdsCredential: (block: Block, path: Path, holds: 'credential' | 'text') => boolean;
  /** Whether a variable of the root module is ephemeral; undefined when it could not be found. */
  readonly isEphemeral: (variable: string) => boolean | undefined;
  /** Where the argument stands; the header of the nearest block around it when it is not written. */
  readonly locate: (block: Block, path: Path) => SourceLocation | undefined;
}
