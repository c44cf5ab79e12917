import type { SourceLocation } from '../model/location.ts';

/** A file of infrastructure code. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

export function openSource(file: string, text: string): SourceText {
  return { file, text };
}

/** The place of a span of the text. */
export function locationIn({ file, text }: SourceText, start: number, end: number, address?: string): SourceLocation {
  const at = (offset: number): { line: number; column: number } => {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    return { line, column: offset - before.lastIndexOf('\n') };
  };
  const [from, to] = [at(start), at(end)];
  return {
    file,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    ...(address === undefined ? {} : { address }),
  };
}
