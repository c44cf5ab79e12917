/**
 * Names, tags and messages hold what anyone who may tag a secret chose to write. Before they reach a terminal or a CI log,
 * everything that is not plainly visible becomes a visible escape such as `\u{1b}`.
 */
export function safeText(text: string): string {
  if (plain.test(text) && !leadsCommand.test(text) && !text.includes('##')) return text;
  return text.replace(hidden, escapeCharacter).replace(embeddedCommand, escapeCharacter).replace(leadsCommand, escapeLead);
}

/**
 * A finished line that no CI system takes for a command. GitHub reads `::` at the start of a line, leading blanks ignored
 * (docs "Workflow commands for GitHub Actions"); `##[`, `##vso[` (Azure Pipelines) and `##teamcity[` are read anywhere.
 */
export function safeLine(line: string): string {
  return line.replace(embeddedCommand, escapeCharacter).replace(leadsCommand, escapeLead);
}

const plain = /^[\x20-\x7e]*$/;

/**
 * Controls (C0, DEL, C1), format characters but for the joiners that scripts and emoji need, line and paragraph separators,
 * lone surrogates, and blanks that are not what they look like. Cf holds the bidirectional controls, zero-width space and tags.
 */
const hidden = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]/gu;
const embeddedCommand = /#(?=#[a-z]*\[)/gi;
const leadsCommand = /^(\s*):(?=:)/;

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escapeLead(_: string, blanks: string): string {
  return `${blanks}${escapeCharacter(':')}`;
}
