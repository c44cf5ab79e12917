import { isNode, isPair, isScalar, isMap, LineCounter, parseDocument, type Document, type Node, type ParsedNode, type Scalar } from 'yaml';
import type { Diagnostic } from '../model/errors.ts';

type Path = readonly (string | number)[];

/** A YAML file that parsed, and where everything in it stands. */
export interface YamlSource {
  readonly value: unknown;
  /** A diagnostic at the value of a path (or at its nearest parent), `offset` characters into a text. */
  readonly at: (path: Path, message: string, details?: { readonly hint?: string; readonly offset?: number; readonly severity?: 'error' | 'warning' }) => Diagnostic;
  /** A diagnostic at the key itself, for a key that should not be there. */
  readonly atKey: (path: Path, message: string, hint?: string) => Diagnostic;
}

const largestFile = 256 * 1024;

/**
 * Parses a YAML file strictly: every warning is an error (an unquoted `!` at the start of a condition would
 * otherwise drop half of it), duplicate keys too, and aliases are refused.
 */
export function parseYaml(file: string, text: string): YamlSource | { readonly problems: readonly Diagnostic[] } {
  const lines = text.split(/\r?\n/);
  const place = (line: number, column: number, message: string, hint?: string, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
    severity,
    file,
    line,
    column,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(lines[line - 1] === undefined ? {} : { excerpt: lines[line - 1] as string }),
  });
  if (text.length > largestFile) return { problems: [place(1, 1, `the file is larger than ${largestFile / 1024} KiB`)] };

  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true, strict: true, version: '1.2' });
  const complaints = [...document.errors, ...document.warnings];
  if (complaints.length > 0) {
    const problems = complaints.map((complaint) => {
      const { line, col } = counter.linePos(complaint.pos[0]);
      const tag = complaint.code === 'TAG_RESOLVE_FAILED';
      const hint = tag ? "put a text that begins with ! in quotes: when: '!has(x)'" : undefined;
      return place(line, col, complaint.message.split('\n')[0] ?? complaint.message, hint);
    });
    return { problems };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    const alias = /(^|[\s,[{:-])\*[A-Za-z0-9_-]+/m.exec(text);
    const { line, col } = counter.linePos((alias?.index ?? 0) + (alias?.[1]?.length ?? 0));
    return { problems: [place(line, col, 'YAML aliases are not accepted here', 'write the value out')] };
  }

  const toPlace = (offset: number): { line: number; column: number } => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return {
    value,
    at: (path, message, details = {}) => {
      const node = nearestNode(document, path);
      const start = node?.range?.[0] ?? 0;
      const offset = details.offset !== undefined && isScalar(node) ? scalarOffset(text, node, details.offset) : start;
      const { line, column } = toPlace(offset);
      return place(line, column, message, details.hint, details.severity);
    },
    atKey: (path, message, hint) => {
      const parent = nearestNode(document, path.slice(0, -1));
      const key = path[path.length - 1];
      const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key) : undefined;
      const node = isNode(pair?.key) ? pair.key : parent;
      const { line, column } = toPlace(node?.range?.[0] ?? 0);
      return place(line, column, message, hint);
    },
  };
}

function nearestNode(document: Document<ParsedNode>, path: Path): Node | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents ?? undefined;
}

/**
 * Where the nth character of a scalar's value stands in the file. Walks value and source side by side, past
 * quotes, escapes, folded line ends and the indent of block scalars.
 */
function scalarOffset(text: string, node: Scalar, wanted: number): number {
  const [start, end] = node.range ?? [0, 0, 0];
  const value = String(node.value);
  let source = start;
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') source += 1;
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') source = text.indexOf('\n', start) + 1;
  for (let index = 0; index < Math.min(wanted, value.length); index += 1) {
    source = skipTo(text, source, end, value[index] ?? '');
    source += 1;
  }
  return Math.min(skipTo(text, source, end, value[wanted] ?? ''), Math.max(start, end - 1));
}

function skipTo(text: string, from: number, end: number, character: string): number {
  if (/\s/.test(character)) return /\s/.test(text[from] ?? '') ? lastOfFold(text, from, character) : from;
  let position = from;
  while (position < end && text[position] !== character && /[\s\\']/.test(text[position] ?? '')) position += 1;
  return text[position] === character ? position : from;
}

/** A folded line end reads as one space: stand on the last white space before the next character. */
function lastOfFold(text: string, from: number, character: string): number {
  if (text[from] === character && character !== '\n') return from;
  let position = from;
  while (/\s/.test(text[position + 1] ?? '')) position += 1;
  return position;
}
