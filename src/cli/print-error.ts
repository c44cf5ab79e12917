import type { UserError, Diagnostic } from '../model/errors.ts';
import { safeText } from '../reporters/safe-text.ts';
import type { Output } from './io.ts';

/** A mistake of the user's: what, where, and what to do. */
export function printUserError(error: UserError, stderr: Output): void {
  for (const diagnostic of error.diagnostics) printDiagnostic(diagnostic, stderr);
  // The place has said it all.
  const [only, ...more] = error.diagnostics;
  if (only !== undefined && more.length === 0 && error.message.endsWith(only.message)) return;
  stderr.write(`error: ${safeText(error.message)}\n`);
  if (error.hint !== undefined) stderr.write(`  ${safeText(error.hint)}\n`);
}

/** File, line and column, the line itself, and a caret below the place. */
export function printDiagnostic(diagnostic: Diagnostic, stderr: Output): void {
  const { file, line, column, severity, message, hint, excerpt } = diagnostic;
  stderr.write(`${safeText(file)}:${line}:${column}: ${severity}: ${safeText(message)}\n`);
  if (excerpt !== undefined && excerpt.trim() !== '') {
    // A long line is cut around the place.
    const from = Math.max(0, column - 60);
    const shown = excerpt.slice(from, from + 110);
    const gutter = String(line).padStart(5);
    stderr.write(`${gutter} │ ${safeText(shown)}\n${' '.repeat(5)} │ ${' '.repeat(column - 1 - from)}^\n`);
  }
  if (hint !== undefined) stderr.write(`      ${safeText(hint)}\n`);
}
