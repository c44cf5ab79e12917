import type { Scalar } from 'yaml';

/**
 * For each character of the value of a scalar, where it stands in the file: past quotes, escapes, folded line ends
 * and the indent of block scalars. Undefined where the two cannot be brought together.
 */
export function scalarOffsets(text: string, node: Scalar): readonly number[] | undefined {
  const { value, range, type } = node;
  if (typeof value !== 'string' || !range) return undefined;
  const [start, end] = range;
  const offsets = ((): readonly number[] | undefined => {
    switch (type) {
      case 'PLAIN':
        return flowOffsets(text, start, end, () => 1);
      case 'QUOTE_SINGLE':
        return flowOffsets(text, start + 1, end - 1, (position) => (text.startsWith("''", position) ? 2 : 1));
      case 'QUOTE_DOUBLE':
        return flowOffsets(text, start + 1, end - 1, (position) => escapeLength(text, position));
      default:
        return blockOffsets(text, start, end, value);
    }
  })();
  return offsets?.length === value.length ? offsets : undefined;
}

/** Length of what stands for one character in double quotes; 0 for an escaped line end, which stands for none. */
function escapeLength(text: string, position: number): number {
  if (text[position] !== '\\') return 1;
  const escape = text[position + 1] ?? '';
  if (escape === '\n' || escape === '\r') return 0;
  return 2 + ({ x: 2, u: 4, U: 8 }[escape] ?? 0);
}

/** Plain and quoted scalars: white space around line ends folds into one space, or into a line end for each blank line. */
function flowOffsets(text: string, start: number, end: number, lengthAt: (position: number) => number): readonly number[] {
  const offsets: number[] = [];
  const fold = /[ \t]*(\r?\n[ \t]*)+/y;
  let position = start;
  while (position < end) {
    fold.lastIndex = position;
    const folded = fold.exec(text);
    if (folded) {
      const breaks = folded[0].split('\n').length - 1;
      for (let count = 0; count < Math.max(1, breaks - 1); count += 1) offsets.push(position);
      position = fold.lastIndex;
      continue;
    }
    const length = lengthAt(position);
    if (length === 0) {
      fold.lastIndex = position + 1;
      position = fold.exec(text) ? fold.lastIndex : position + 2;
      continue;
    }
    offsets.push(position);
    if (length === 10 && Number.parseInt(text.slice(position + 2, position + 10), 16) > 0xffff) offsets.push(position);
    position += length;
  }
  return offsets;
}

/** Literal and folded block scalars: each line stands in the value as it is, without the indent. */
function blockOffsets(text: string, start: number, end: number, value: string): readonly number[] | undefined {
  const offsets: number[] = [];
  let lineStart = text.indexOf('\n', start) + 1;
  let indent: number | undefined;
  while (lineStart > 0 && lineStart < end && offsets.length < value.length) {
    const lineEnd = text.indexOf('\n', lineStart);
    const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
    if (line.trim() !== '') {
      indent ??= leadingSpaces(line) - leadingSpaces(value.replace(/^\n*/, ''));
      const content = line.slice(indent);
      while (offsets.length < value.length && !value.startsWith(content, offsets.length)) {
        if (!/\s/.test(value[offsets.length] ?? '')) return undefined;
        offsets.push(Math.max(start, lineStart - 1));
      }
      for (let index = 0; index < content.length; index += 1) offsets.push(lineStart + indent + index);
    }
    lineStart = lineEnd + 1;
  }
  while (offsets.length < value.length) offsets.push(Math.max(start, end - 1));
  return offsets;
}

function leadingSpaces(text: string): number {
  return /^ */.exec(text)?.[0].length ?? 0;
}
