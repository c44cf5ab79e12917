import { globMatches } from '../resources/iam-glob.ts';

/**
 * Whether a pattern matches a file or a folder above it, both with `/`. `*` and `?` stay within a segment, a segment `**` stands for any
 * number of them, none too. Only the last `**` is ever retried, so the time is at most the product of the two lengths.
 */
export function matchPath(pattern: string, path: string): boolean {
  const wanted = [...pattern.replace(/^(\.\/)+/, '').split('/'), '**'].filter((segment) => segment !== '');
  const segments = path.split('/');
  let [at, next, star, resumeAt] = [0, 0, -1, 0];
  while (at < segments.length) {
    const symbol = wanted[next];
    if (symbol === '**') {
      star = next++;
      resumeAt = at;
    } else if (symbol !== undefined && globMatches(symbol, segments[at] ?? '')) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resumeAt;
    } else return false;
  }
  return wanted.slice(next).every((symbol) => symbol === '**');
}
