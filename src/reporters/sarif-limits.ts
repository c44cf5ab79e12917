/**
 * What GitHub takes (docs "SARIF support for code scanning", "SARIF results exceed one or more limits") and GitLab where it
 * takes less. We cut by these ourselves, and say so, because the services drop the rest in silence or refuse the file.
 */
export const sarifLimits = {
  /** In a file; more are refused. */
  runs: 20,
  /** In a run; GitHub keeps that many of at most 25,000, GitLab refuses more. */
  results: 5000,
  /** On a rule: GitHub shows ten and refuses more than twenty, GitLab takes ten. */
  tags: 10,
  /** Characters of a rule's shortDescription and fullDescription. */
  description: 1024,
  /** Characters of a result's message; GitLab skips results above 2,048. */
  message: 1024,
  /** Of a file before compression, for GitLab. */
  gitlabBytes: 10_000_000,
  /** Characters of a rule's name. */
  name: 255,
} as const;

/** At most `limit` UTF-16 units, an ellipsis for what is cut; never half of a surrogate pair. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
