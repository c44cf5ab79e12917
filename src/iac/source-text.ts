import type { SourceLocation } from '../model/location.ts';
import { codeFrame, redactedLines } from './code-frame.ts';
import { hashLines, type LineHash } from './line-hash.ts';

/** A file of infrastructure code. What is derived of it is made when first asked for, once. */
export interface SourceText {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Offset of the start of each line; a line ends with a line feed. */
  readonly lineStarts: () => readonly number[];
  readonly hashes: () => LineHash;
  /** The lines without literals. */
  readonly redacted: () => readonly string[];
}

export function openSource(file: string, text: string): SourceText {
  return {
    file,
    text,
    lineStarts: once(() => lineStartsOf(text)),
    hashes: once(() => hashLines(text)),
    redacted: once(() => redactedLines(file, text)),
  };
}

/** The place of a span of the text: offsets in UTF-16 units, the end exclusive. `address`: the block that contributes it. */
export function locationIn(source: SourceText, start: number, end: number, address?: string): SourceLocation {
  const from = positionOf(source.lineStarts(), start);
  const to = positionOf(source.lineStarts(), Math.max(start, end));
  const lineHash = source.hashes()(from.line);
  return {
    file: source.file,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    ...(address === undefined ? {} : { address }),
    ...(lineHash === undefined ? {} : { lineHash }),
    frame: codeFrame(source.redacted(), from.line, to.line),
  };
}

/** Line and column of an offset, both from 1. */
export function positionIn(source: SourceText, offset: number): { readonly line: number; readonly column: number } {
  return positionOf(source.lineStarts(), offset);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column of an offset, both from 1. */
function positionOf(starts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
