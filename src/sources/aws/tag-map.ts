import { MalformedAnswer } from './failures.ts';

/** Tags that come as a map. Throws MalformedAnswer when there is none, or a value that is no text. */
export function readTagMap(tags: unknown): { readonly [key: string]: string } {
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) throw new MalformedAnswer('no Tags');
  const entries = Object.entries(tags as { readonly [key: string]: unknown }).map(([key, value]): [string, string] => {
    if (typeof value !== 'string') throw new MalformedAnswer('a tag whose value is no text');
    return [key, value];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
