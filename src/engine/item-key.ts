import { Unknown } from '../model/unknown.ts';
import { sha256 } from './identity.ts';

/**
 * The keys of the items of a resource, in their order: the given key where there is one, else the item's Sid when
 * no other item has it, else a hash of the item; `#2`, `#3`, … for equal ones. Never the index, which shifts.
 */
export function itemKeys(items: readonly unknown[], given: readonly (string | undefined)[]): readonly string[] {
  const sids = items.map(sidOf);
  const counts = new Map<string, number>();
  for (const sid of sids) if (sid !== undefined) counts.set(sid, (counts.get(sid) ?? 0) + 1);
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const explicit = given[index];
    if (explicit !== undefined && explicit !== '') return explicit;
    const sid = sids[index];
    if (sid !== undefined && counts.get(sid) === 1) return sid;
    const hash = hashOf(canonical(item));
    const nth = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, nth);
    return nth === 1 ? hash : `${hash}#${nth}`;
  });
}

/** Many items are alike, unknown ones above all. */
const hashes = new Map<string, string>();
const mostHashes = 10_000;

function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const made = sha256(text).slice(0, 12);
  if (hashes.size >= mostHashes) hashes.clear();
  hashes.set(text, made);
  return made;
}

function sidOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('sid' in item)) return undefined;
  return typeof item.sid === 'string' && item.sid !== '' ? item.sid : undefined;
}

/** JSON with sorted keys; an Unknown counts by its reason. */
function canonical(value: unknown): string {
  if (value instanceof Unknown) return `{"$unknown":${JSON.stringify(value.reason)}}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, element]) => element !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, element]) => `${JSON.stringify(key)}:${canonical(element)}`).join(',')}}`;
}
