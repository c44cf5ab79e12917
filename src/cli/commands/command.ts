import type { Command as Program } from 'commander';
import type { Io } from '../io.ts';

/** Runs the body of a command; the number is the exit code. */
export type Action = (run: (io: Io) => Promise<number>) => Promise<void>;

/** One command: its words and options, and what it does. The registry is `index.ts`. */
export interface Command {
  readonly name: string;
  readonly register: (program: Program, action: Action) => void;
}
