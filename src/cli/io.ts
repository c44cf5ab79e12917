/** What commands may know of the world around them. `bin.ts` makes it of the process; nothing else touches that. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: { readonly [name: string]: string | undefined };
  readonly readStdin: () => Promise<Buffer>;
  /** Aborted by the first SIGINT. */
  readonly signal: AbortSignal;
  /** The real time, epoch milliseconds. */
  readonly now: () => number;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly color: boolean;
  /** Whether it shows OSC 8 hyperlinks. */
  readonly links: boolean;
}
