import {
  isAlias,
  isNode,
  isPair,
  isScalar,
  isMap,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type ParsedNode,
  type Scalar,
} from 'yaml';
import type { Diagnostic } from '../model/errors.ts';
import { explainYaml } from '../resources/yaml-complaint.ts';
import { scalarOffsets } from './scalar-offsets.ts';

type Path = readonly (string | number)[];

/** A YAML file that parsed, and where everything in it stands. */
export interface YamlSource {
  readonly value: unknown;
  /** A diagnostic at the value of a path (or at its nearest parent), `offset` characters into a text. */
  readonly at: (
    path: Path,
    message: string,
    details?: { readonly hint?: string; readonly offset?: number; readonly severity?: 'error' | 'warning' },
  ) => Diagnostic;
  /** A diagnostic at the key itself, for a key that should not be there. */
  readonly atKey: (path: Path, message: string, hint?: string) => Diagnostic;
}

/** Characters; a longer text is refused. */
export const largestFile = 256 * 1024;
/** Nodes on the way to the innermost: a level of a map counts twice. */
const deepestPath = 200;
const mostComplaints = 20;
/** What a file of ours says of itself. */
const ours = /\bapiVersion["']?\s*:\s*["']?sealcheck\//;

/**
 * Parses a YAML file strictly: every warning is an error (an unquoted `!` at the start of a condition would
 * otherwise drop half of it), duplicate keys too, and aliases are refused. Never throws for what is in the text. A file that does not say
 * that it is ours is not quoted: a link in a pull request, or a flag, may point at one of credentials.
 */
export function parseYaml(file: string, text: string): YamlSource | { readonly problems: readonly Diagnostic[] } {
  const lines = ours.test(text) ? text.split(/\r?\n/) : [];
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
  const document = parseWithin(text, counter);
  if (!document) return { problems: [place(1, 1, 'nested too deeply')] };
  const complaints = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (complaints.length > 0) {
    const problems = complaints.slice(0, mostComplaints).map((complaint) => {
      const { line, col } = counter.linePos(complaint.pos[0]);
      if (complaint.code === 'MULTIPLE_DOCS') return place(line, col, 'a second document begins here', 'write one document a file');
      if (complaint.code === 'TAG_RESOLVE_FAILED')
        return place(
          line,
          col,
          'this begins with !, which YAML takes for a tag',
          "put a text that begins with ! in quotes: when: '!has(x)'",
        );
      return place(line, col, ...explainYaml(complaint));
    });
    return { problems };
  }
  const aliases: Diagnostic[] = [];
  visit(document, (_key, node) => {
    if (!isAlias(node) || aliases.length >= mostComplaints) return;
    const { line, col } = counter.linePos(node.range?.[0] ?? 0);
    aliases.push(place(line, col, 'YAML aliases are not accepted here', 'write the value out'));
  });
  if (aliases.length > 0) return { problems: aliases };
  const keys = keysThatAreNoText(document).map((offset) => {
    const { line, col } = counter.linePos(offset);
    return place(line, col, 'a key must be a text', 'put it in quotes');
  });
  if (keys.length > 0) return { problems: keys };
  const value: unknown = document.toJS({ maxAliasCount: 0 });

  const toPlace = (offset: number): { line: number; column: number } => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return {
    value,
    at: (path, message, details = {}) => {
      const node = nearestNode(document, path);
      const start = node?.range?.[0] ?? 0;
      const offset = details.offset !== undefined && isScalar(node) ? offsetIn(text, node, details.offset) : start;
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

/** Where they stand. A number would lose its zeros, and a map or a list as a key is a slip. */
function keysThatAreNoText(document: Document.Parsed): readonly number[] {
  const found: number[] = [];
  visit(document, {
    Pair: (_key, { key }) => {
      if (found.length < mostComplaints && isNode(key) && !(isScalar(key) && typeof key.value === 'string'))
        found.push(key.range?.[0] ?? 0);
    },
  });
  return found;
}

function nearestNode(document: Document<ParsedNode>, path: Path): Node | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents ?? undefined;
}

/** The document; undefined when it nests so deeply that parsing it, or walking it, would overflow the stack. */
function parseWithin(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true, strict: true, version: '1.2' });
    let deepest = 0;
    visit(document, (_key, _node, path) => {
      deepest = Math.max(deepest, path.length);
      return deepest > deepestPath ? visit.BREAK : undefined;
    });
    return deepest > deepestPath ? undefined : document;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Where the nth character of a text stands; past its end, just behind it; its start where that cannot be told. */
function offsetIn(text: string, node: Scalar, wanted: number): number {
  const offsets = scalarOffsets(text, node);
  const start = node.range?.[0] ?? 0;
  if (!offsets) return start;
  return offsets[wanted] ?? (offsets[offsets.length - 1] ?? start - 1) + 1;
}
