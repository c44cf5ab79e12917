/** A place in a source file. Lines and columns count from 1; the file is relative to the working directory, with `/`. */
export interface SourceLocation {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Address of the block that contributed the value, where it is not the resource itself. */
  readonly address?: string;
  /** GitHub's own hash of the first line, computed by the source. */
  readonly lineHash?: string;
  readonly frame?: CodeFrame;
}

/** Lines of a source file, with every literal that could be a secret replaced. */
export interface CodeFrame {
  /** Of the first line; counts from 1. */
  readonly startLine: number;
  readonly text: string;
}
