import type { Output } from '../io.ts';

/** An output whose lines are records of a log. */
export interface LineOutput extends Output {
  /** Writes out a last line that has no end. */
  readonly flush: () => void;
}

/** Gives each line to the log, and to whoever notes them, as soon as it is complete; empty lines are left out. */
export function consoleOutput(log: (line: string) => void, note: (line: string) => void): LineOutput {
  let rest = '';
  const give = (line: string): void => {
    if (line.trim() === '') return;
    note(line);
    log(line);
  };
  return {
    write: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) give(line);
    },
    flush: () => {
      give(rest);
      rest = '';
    },
    isTerminal: false,
    columns: 120,
    color: false,
    links: false,
  };
}
