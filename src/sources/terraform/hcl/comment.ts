import { code } from './characters.ts';

/**
 * End of the comment that begins at `at`, the end of its line left out; `at` itself where none begins. A `/*` without
 * its end reaches to the limit.
 */
export function commentEnd(text: string, at: number, limit: number): number {
  const first = text.charCodeAt(at);
  if (first === code.hash) return lineEnd(text, at, limit);
  if (first !== code.slash || at + 1 >= limit) return at;
  const second = text.charCodeAt(at + 1);
  if (second === code.slash) return lineEnd(text, at, limit);
  if (second !== code.star) return at;
  const close = text.indexOf('*/', at + 2);
  return close === -1 || close + 2 > limit ? limit : close + 2;
}

/** Where the line of `at` ends: before its `\n` or `\r\n`, or at the limit. */
export function lineEnd(text: string, at: number, limit: number): number {
  const newline = text.indexOf('\n', at);
  if (newline === -1 || newline >= limit) return limit;
  return newline > at && text.charCodeAt(newline - 1) === code.carriageReturn ? newline - 1 : newline;
}
