import type { Progress } from '../sources/aws/progress.ts';
import type { Output } from './io.ts';

export interface ProgressPrinter {
  readonly onProgress: (event: Progress) => void;
  /** Wipes the line, so that what follows starts clean. */
  readonly end: () => void;
}

/** One line that rewrites itself on a terminal; a line for each finished scope everywhere else. */
export function createProgress(stderr: Output, quiet: boolean): ProgressPrinter {
  if (quiet) return { onProgress: () => undefined, end: () => undefined };
  if (!stderr.isTerminal) {
    return {
      onProgress: (event) => {
        if (event.kind === 'scope') stderr.write(`read ${event.scope}: ${event.status} (${event.done} of ${event.total})\n`);
      },
      end: () => undefined,
    };
  }
  const current = new Map<string, string>();
  let scopes = '';
  return {
    onProgress: (event) => {
      if (event.kind === 'scope') {
        current.delete(event.scope);
        scopes = `${event.done}/${event.total} scopes`;
      } else {
        const amount = event.kind === 'reading' ? `${event.done}/${event.total}` : String(event.done);
        current.set(event.scope, `${event.scope.replace(/^aws\//, '')} ${event.operation.replace(/^.*:/, '')} ${amount}`);
      }
      const line = ['reading', scopes, ...[...current.values()].slice(0, 3)].filter((part) => part !== '').join('  ');
      stderr.write(`\r\u001b[2K${line.slice(0, Math.max(20, stderr.columns - 1))}`);
    },
    end: () => stderr.write('\r\u001b[2K'),
  };
}
