/**
 * Where runs are kept: a folder or a prefix in S3. Keys are relative, with `/` between their parts: `runs/00000042.json.gz`.
 * All writes are atomic: a reader, and a run that was killed, see the old object or the new one, never half of one.
 * What fails throws UserError `state-failed`, which names the place and says what to do.
 */
export interface StateStore {
  /** For messages: `state/`, `s3://bucket/prefix/`. */
  readonly label: string;
  /** Undefined: there is none. */
  readonly read: (key: string) => Promise<Buffer | undefined>;
  /**
   * Writes an object that is not there yet. False: there is one, which stays as it is. Of several writers at once exactly one is told true,
   * and what it wrote has reached the disk.
   */
  readonly putIfAbsent: (key: string, bytes: Buffer) => Promise<boolean>;
  /** Writes an object, in place of what is there. */
  readonly put: (key: string, bytes: Buffer) => Promise<void>;
  /** The keys that begin with a prefix which ends in `/`, sorted; of all pages. Empty where there are none. */
  readonly list: (prefix: string) => Promise<readonly string[]>;
  /** Nothing happens where there is none. */
  readonly remove: (key: string) => Promise<void>;
  /** Closes connections. */
  readonly close: () => void;
}
