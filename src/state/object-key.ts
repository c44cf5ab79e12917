const part = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/**
 * Whether a store may have written an object of this name: parts of letters, digits, `.`, `_` and `-`, joined by `/`, none of which begins
 * with a dot. What else lies in a folder or a bucket is somebody else's, and no key leads out of either.
 */
export function isKey(key: string): boolean {
  return key.length <= 512 && key.split('/').every((name) => part.test(name));
}

/** Throws Error: keys are made by our code alone, so one that is none is a bug. */
export function checkKey(key: string): void {
  if (!isKey(key)) throw new Error(`not a key of a state: ${JSON.stringify(key)}`);
}

/** The folder that a prefix of `list` names: `runs` of `runs/`. Throws Error for a prefix that is none. */
export function folderOf(prefix: string): string {
  const folder = prefix.slice(0, -1);
  if (!prefix.endsWith('/') || !isKey(folder)) throw new Error(`not a prefix of a state: ${JSON.stringify(prefix)}`);
  return folder;
}

/** As `sort()` has it, by code units: the same in every store and locale. */
export function sortedKeys(keys: Iterable<string>): readonly string[] {
  return [...keys].sort();
}
