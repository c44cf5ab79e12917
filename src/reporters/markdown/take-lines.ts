import { byteLength } from './markdown-text.ts';

/** The first lines that fit, and how many do not. */
export interface Taken {
  readonly lines: readonly string[];
  readonly bytes: number;
  readonly left: number;
}

/** Makes lines of items one by one until there are `most` or the next one would not fit into `bytes`. */
export function takeLines<T>(items: readonly T[], line: (item: T) => string, most: number, bytes: number): Taken {
  const lines: string[] = [];
  let used = 0;
  for (const item of items) {
    if (lines.length >= most) break;
    const text = line(item);
    const size = byteLength(text) + 1;
    if (used + size > bytes) break;
    lines.push(text);
    used += size;
  }
  return { lines, bytes: used, left: items.length - lines.length };
}

/** A section: heading lines, then as many items as fit, then how many do not. Nothing at all without items. */
export function listed<T>(
  head: readonly string[],
  items: readonly T[],
  line: (item: T) => string,
  most: number,
  bytes: number,
): readonly string[] {
  if (items.length === 0) return [];
  const { lines, left } = takeLines(items, line, most, bytes);
  return [...head, ...lines, ...(left > 0 ? [`- … and ${left} more`] : []), ''];
}
