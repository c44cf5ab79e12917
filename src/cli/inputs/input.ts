import type { SelectedPolicy } from '../../model/policy.ts';
import type { Provenance, ScopeModel } from '../../model/resource.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';

/** A path of the command line, opened. */
export interface OpenInput {
  /** As people know it; `standard input` for `-`. */
  readonly shown: string;
  /** The path; undefined for standard input. */
  readonly path: string | undefined;
  readonly content:
    | { readonly kind: 'folder'; readonly names: ReadonlySet<string> }
    /** `json` is undefined where the text is no JSON. */
    | { readonly kind: 'text'; readonly text: string; readonly json: unknown }
    /** Bytes that are no text in UTF-8. */
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
}

/** What the user says of inputs that are code. */
export interface InputFlags {
  readonly source?: string;
  readonly root?: string;
  readonly parameters?: string;
  readonly account?: string;
  readonly region?: readonly string[];
}

export interface ReadContext {
  readonly flags: InputFlags;
  readonly selected: readonly SelectedPolicy[];
  /** Loads the detector when the first value needs it. */
  readonly classify: ValueClassifier;
}

/** What an input came to. */
export interface ReadInput {
  readonly scopes: readonly ScopeModel[];
  readonly provenance: Provenance;
  readonly notes: readonly string[];
  /** For a saved account: when it was read, epoch milliseconds. */
  readonly collectedAt?: number;
  readonly interrupted?: true;
}

/**
 * One kind of input. It is told by its content, never by its name. `recognise` is asked in the order of the registry and must
 * be cheap; `read` throws UserError, and a kind that is only recognised to say what to do instead always does.
 */
export interface InputKind {
  readonly name: string;
  readonly recognise: (input: OpenInput) => boolean | Promise<boolean>;
  readonly read: (input: OpenInput, context: ReadContext) => Promise<ReadInput>;
}
