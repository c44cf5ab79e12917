/** Tags as the SDK takes them; undefined where there are none. */
export function tagList(tags: Readonly<Record<string, string>> | undefined): { Key: string; Value: string }[] | undefined {
  return tags === undefined ? undefined : Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
