/**
 * True if one of the needed attribute paths equals the provided one, lies under it, or is a prefix of it: needing
 * `encryption` needs `encryption.keyState`, and needing `statements[].isPublic` needs `statements`.
 */
export function touches(needed: ReadonlySet<string> | undefined, provided: string): boolean {
  if (needed === undefined) return false;
  for (const path of needed) if (isPrefix(path, provided) || isPrefix(provided, path)) return true;
  return false;
}

function isPrefix(prefix: string, path: string): boolean {
  return (
    path.startsWith(prefix) &&
    (path.length === prefix.length || prefix === '' || path[prefix.length] === '.' || path[prefix.length] === '[')
  );
}
