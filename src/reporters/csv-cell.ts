import { safeText } from './safe-text.ts';

/** A line of a CSV file with its line break (RFC 4180). What is in a cell never holds a line break. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const inert = inertText(text);
  return /[",;]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * Text that a spreadsheet shows and does not compute. It takes what begins with one of `=+-@` for a formula (OWASP, "CSV Injection"), in
 * some languages their wide forms too; and where the list separator is a semicolon, a cell begins after each, quoted or not.
 */
export function inertText(text: string): string {
  const safe = safeText(text);
  return mayBeFormula.test(safe) ? safe.replace(formula, "$1'") : safe;
}

const formula = /(^|;)(?=\s*[=+\-@＝＋－＠])/g;

/** Most cells are told by their first character, and hold no semicolon. */
const mayBeFormula = /^[\s=+\-@＝＋－＠]|;/;
