import { safeText } from '../safe-text.ts';
import { cutText } from '../sarif-limits.ts';

/**
 * A code span. GitHub and GitLab neither format nor link anything in one, and mention nobody. What could end the span, the cell
 * of a table or the line is a visible escape.
 */
export function codeSpan(text: string, most: number): string {
  const safe = safeText(text).replace(/[`|<]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
  // A span of blanks alone, or of nothing, is none.
  return `\`${cutText(safe.trim(), most) || '(blank)'}\``;
}

/**
 * A sentence as prose: plain words stay, and whatever might mean something to Markdown or to GitHub (links, addresses, @mentions,
 * #numbers, emphasis, hashes, escapes) goes into code spans, which suits names anyway. It is safe anywhere in a line.
 */
export function prose(text: string, most: number): string {
  const words = cutText(safeText(text).replaceAll('`', "'").trim(), most).split(/\s+/);
  const parts: string[] = [];
  let risky: string[] = [];
  const flush = (): void => {
    if (risky.length > 0) parts.push(spanWithin(risky.join(' ')));
    risky = [];
  };
  for (const [index, word] of words.entries()) {
    if (isPlain(word, index === 0)) {
      flush();
      parts.push(word);
    } else if (word !== '') {
      risky.push(word);
      if (/[,.;:)]$/.test(word)) flush();
    }
  }
  flush();
  return parts.join(' ');
}

function isPlain(word: string, first: boolean): boolean {
  return plainWord.test(word) && !likeCommit.test(word) && !(first && beginsList.test(word));
}

/** Words, short numbers, dates and times, with the punctuation of a sentence around them. */
const plainWord = /^["'(]{0,2}(?:[A-Za-z]+(?:['-][A-Za-z]+){0,5}|\d{1,6}(?:\.\d{1,3})?|\d{4}-\d\d-\d\d|\d\d:\d\d)["')]{0,2}[,.;:!?]?$/;

/** GitHub links what may be the hash of a commit: seven hex digits or more. A number of so many digits is no plain word anyway. */
const likeCommit = /[a-f]{7}/i;

const beginsList = /^\d+[.)]$/;

/** The punctuation of the sentence stays outside. */
function spanWithin(text: string): string {
  const pattern = text.startsWith('(') ? /^(\()([\s\S]*?)(\)?[,.;:]?)$/ : /^()([\s\S]*?)([,.;:]?)$/;
  const [, open = '', inner = '', close = ''] = pattern.exec(text) ?? [];
  return inner === '' ? codeSpan(text, text.length * 8) : `${open}${codeSpan(inner, inner.length * 8)}${close}`;
}

/** Bytes in UTF-8. */
export function byteLength(text: string): number {
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
