/** Whether the key of an item is made of its content, since the item has no name: it tells people nothing. */
export function isHashKey(itemKey: string): boolean {
  return /^[0-9a-f]{12}(?:#\d+)?$/.test(itemKey);
}
