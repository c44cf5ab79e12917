import { code } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { acceptSign, built, fail, opaque, peek, recover, skipSpace, spanOf, withNewlines } from './cursor.ts';
import type { HclExpression } from './syntax.ts';
import { lineStop, markerEnd, plainText, quotedStop, unescaped } from './template-text.ts';

/** Where a template stands: what ends it, and what a backslash means in it. */
export type TemplateForm =
  | { readonly kind: 'quoted' }
  | { readonly kind: 'heredoc'; readonly marker: string; readonly flush: boolean }
  /** The whole text up to the limit. */
  | { readonly kind: 'bare' };

/** A stretch of text within one line, or something between braces. */
type Piece = string | HclExpression;

/** What has been read of a template. `height`: of the highest piece. `trimNext`: `~}` eats the white space of text that follows at once. */
interface Reading {
  readonly pieces: Piece[];
  height: number;
  trimNext: boolean;
}

/** Reads the template whose text begins at the cursor and whose opening mark began at `start`. */
export function readTemplate(cursor: Cursor, form: TemplateForm, start: number): HclExpression | undefined {
  const reading: Reading = { pieces: [], height: 0, trimNext: false };
  const complete = form.kind === 'quoted' ? readQuoted(cursor, reading) : readLines(cursor, reading, form);
  if (!complete) return undefined;
  if (form.kind === 'heredoc' && form.flush) removeIndentation(reading.pieces);
  const parts = joined(reading.pieces);
  const span = spanOf(cursor, start, cursor.at);
  const [first, second] = parts;
  if (first === undefined) return built(cursor, 0, { kind: 'literal', value: '', span });
  if (typeof first === 'string' && second === undefined) return built(cursor, 0, { kind: 'literal', value: first, span });
  return built(cursor, reading.height, { kind: 'template', parts, span });
}

function readQuoted(cursor: Cursor, reading: Reading): boolean {
  for (;;) {
    const stop = quotedStop(cursor.text, cursor.at, cursor.limit);
    if (stop > cursor.at) addText(reading, unescaped(cursor.text.slice(cursor.at, stop)));
    cursor.at = stop;
    const unit = peek(cursor);
    if (unit === code.quote) {
      cursor.at += 1;
      return true;
    }
    if (unit === -1 || unit === code.newline) {
      fail(cursor, 'a string is not closed on its line');
      return false;
    }
    if (!readSequence(cursor, reading)) return false;
  }
}

function readLines(cursor: Cursor, reading: Reading, form: Exclude<TemplateForm, { kind: 'quoted' }>): boolean {
  const { text, limit } = cursor;
  let atLineStart = true;
  for (;;) {
    const end = form.kind === 'heredoc' && atLineStart ? markerEnd(text, cursor.at, limit, form.marker) : undefined;
    if (end !== undefined) {
      cursor.at = end;
      return true;
    }
    if (cursor.at >= limit) {
      if (form.kind === 'heredoc') fail(cursor, 'a heredoc is not closed');
      return form.kind === 'bare';
    }
    let stop = lineStop(text, cursor.at, limit);
    atLineStart = stop < limit && text.charCodeAt(stop) === code.newline;
    if (atLineStart) stop += 1;
    if (stop > cursor.at) addText(reading, plainText(text.slice(cursor.at, stop)));
    cursor.at = stop;
    if (!atLineStart && stop < limit && !readSequence(cursor, reading)) return false;
  }
}

function addText(reading: Reading, text: string): void {
  reading.pieces.push(reading.trimNext ? text.trimStart() : text);
  reading.trimNext = false;
}

/** Reads `${…}` or `%{…}`. False when its brace is not closed. */
function readSequence(cursor: Cursor, reading: Reading): boolean {
  const start = cursor.at;
  const isDirective = peek(cursor) === code.percent;
  const { pieces } = reading;
  cursor.at += 2;
  if (acceptSign(cursor, '~')) {
    const last = pieces.at(-1);
    if (typeof last === 'string') pieces[pieces.length - 1] = last.trimEnd();
  }
  return withNewlines(cursor, false, () => {
    let piece = isDirective ? fail(cursor, 'directives of templates are not evaluated') : cursor.expression(cursor);
    skipSpace(cursor);
    if (piece) {
      acceptSign(cursor, '~');
      if (peek(cursor) !== code.closeBrace) piece = fail(cursor, 'expected "}" after an interpolation');
    }
    if (!piece) recover(cursor, start, { comma: false });
    if (peek(cursor) !== code.closeBrace) return false;
    reading.trimNext = cursor.text.charCodeAt(cursor.at - 1) === code.tilde;
    cursor.at += 1;
    pieces.push(piece ?? opaque(cursor, start, cursor.at));
    reading.height = Math.max(reading.height, cursor.height);
    return true;
  });
}

/**
 * Takes the indentation that all lines of a `<<-` heredoc share from each of them, as hashicorp/hcl counts it: a line
 * of white space has none and keeps its own, a line that begins with `${` has none to take.
 */
function removeIndentation(pieces: Piece[]): void {
  const indented = new Map<number, string>();
  let least = Infinity;
  let atLineStart = true;
  for (const [index, piece] of pieces.entries()) {
    const isText = typeof piece === 'string';
    if (atLineStart) {
      const content = isText ? piece.trimStart() : '';
      const isEmptyLine = isText && content === '' && piece.endsWith('\n');
      if (!isEmptyLine) {
        least = Math.min(least, isText ? piece.length - content.length : 0);
        if (isText) indented.set(index, piece);
      }
    }
    atLineStart = isText && piece.endsWith('\n');
  }
  for (const [index, text] of indented) pieces[index] = text.slice(least);
}

/** Pieces with neighbouring text made one. An interpolation beside text that `~` made empty keeps it, and so stays a string. */
function joined(pieces: readonly Piece[]): Piece[] {
  const parts: Piece[] = [];
  let run: string[] = [];
  const endRun = (): void => {
    const text = run.join('');
    run = [];
    if (text !== '') parts.push(text);
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') run.push(piece);
    else {
      endRun();
      parts.push(piece);
    }
  }
  endRun();
  if (parts.length === 1 && pieces.length > 1 && typeof parts[0] !== 'string') parts.push('');
  return parts;
}
