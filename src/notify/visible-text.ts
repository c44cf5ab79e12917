/** What is not plainly visible: controls, format characters, lone surrogates, separators of lines, blanks that are none or are wide. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]/gu;

/**
 * A name, a tag or a sentence as anyone may have written it, in one line of at most `most` UTF-16 units: what cannot be seen is a visible
 * escape such as `\u{1b}`, and what is cut is an ellipsis.
 */
export function visibleText(text: string, most: number): string {
  // Nothing after that many characters can be in what is left.
  const start = text.length > most + 1 ? text.slice(0, most + 1) : text;
  return cut(
    start.replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`),
    most,
  );
}

/** Never half of a surrogate pair. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
