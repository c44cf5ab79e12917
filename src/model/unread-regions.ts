/** What people should know of an account of which not every enabled region was read. `others` says how many were not. */
export function unreadRegionsNote(account: string, read: readonly string[], others: string): string {
  return `${start(account)}${read.join(', ')}; ${others}`;
}

/** The note of that account among the notes of a run: what was read, and what was not. Undefined where all of it was. */
export function findUnreadRegions(notes: readonly string[], account: string): string | undefined {
  return notes.find((note) => note.startsWith(start(account)))?.slice(`aws/${account}: `.length);
}

function start(account: string): string {
  return `aws/${account}: looked at `;
}
