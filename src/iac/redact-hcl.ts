import { isPlainKey, isPlainWord, isSmallNumber } from './plain-words.ts';

/**
 * HCL with its structure, names and references, and `…` for everything else: texts, bodies of heredocs, comments, long numbers, and
 * whatever is not plainly one of the former. It has as many lines as before.
 */
export function redactHcl(text: string): string {
  const out: string[] = [];
  const before: Before = { mark: '', newline: true, key: '' };
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const put = (shown: string, mark: string): void => {
    out.push(shown);
    before.mark = mark;
    before.newline = false;
  };
  while (at < text.length) {
    const blank = take(/\s+/y);
    if (blank !== undefined) {
      out.push(blank);
      before.newline ||= blank.includes('\n');
      continue;
    }
    const comment = take(/#[^\n]*|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y);
    if (comment !== undefined) {
      out.push(withLines(comment, comment.startsWith('#') ? '# …' : '// …'));
      continue;
    }
    const header = before.newline ? take(blockHeader) : undefined;
    if (header !== undefined) {
      put(
        header.replace(/"([^"]*)"/g, (label, name: string) => (isPlainKey(name) ? label : '"…"')),
        '{',
      );
      continue;
    }
    const heredoc = take(/<<-?[^\s<\"-][^\s\"]*[ \t]*\r?\n/y);
    if (heredoc !== undefined) {
      const end = endOfHeredoc(text, at, heredoc);
      put(hideWord(heredoc) + withLines(text.slice(at, end.body), '…') + hideWord(text.slice(end.body, end.end)), 'value');
      at = end.end;
      continue;
    }
    if (text[at] === '"') {
      const end = endOfString(text, at);
      const closed = end - 1 > at && text[end - 1] === '"';
      const content = text.slice(at + 1, closed ? end - 1 : end);
      at = end;
      const key = isKey(text, at, before) && isPlainKey(content);
      put(key || isPlainWord(content) ? `"${content}"` : withLines(content, '"…"'), key ? 'key' : 'value');
      if (key) before.key = content;
      continue;
    }
    const chain = take(/[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\d+|\*)|\[(?:\d{1,4}|\*)\])*/y);
    if (chain !== undefined) {
      const key = /^\s*(?:=(?![=>])|:(?!:)|[{(])/.test(text.slice(at, at + 40)) && before.mark !== '?' && isPlainKey(chain);
      put(key || isReference(chain) ? chain : '…', key ? 'key' : 'value');
      if (key) before.key = chain;
      continue;
    }
    const number = take(/\d[\w.]*/y);
    if (number !== undefined) {
      put(isSmallNumber(number, before.key) ? number : '…', 'value');
      continue;
    }
    const mark = take(/[{}()[\],=:?!<>&|+*/%.-]/y);
    if (mark !== undefined) {
      put(mark, mark);
      continue;
    }
    at += 1;
    if (out.at(-1) !== '…') put('…', 'value');
  }
  return out.join('');
}

interface Before {
  /** The last mark, or the kind of the last word. */
  mark: string;
  newline: boolean;
  /** The last name that something was set to. */
  key: string;
}

/** `resource "aws_secretsmanager_secret" "db" {`: labels are names. */
const blockHeader =
  /(?:resource|data|module|variable|output|provider|dynamic|ephemeral|check|backend|provisioner|action)(?:[ \t]+"[^"\n$%\\]*"){1,2}[ \t]*\{/y;

/** Whether a text that ends at `end` is the key of an object, and no operand of `?:`. */
function isKey(text: string, end: number, { mark, newline }: Before): boolean {
  if (!/^\s*(?:=(?![=>])|:(?!:))/.test(text.slice(end, end + 40))) return false;
  return mark === '{' || mark === ',' || (newline && /^(?:value|[}\])])$/.test(mark));
}

const roots = /^(?:var|local|module|data|each|count|self|path|terraform|[a-z][a-z0-9]*_[a-z0-9_]+)[.[]/;
const keywords = new Set(['true', 'false', 'null', 'for', 'in', 'if', 'string', 'number', 'bool', 'any', 'list', 'map', 'set', 'k', 'v']);

function isReference(chain: string): boolean {
  return keywords.has(chain) || (roots.test(chain) && chain.split('.').every((part) => part.length <= 64));
}

/** Past the closing quote; a quote inside `${…}` closes nothing, nor does a line end there. A text that is never closed ends with its line. */
function endOfString(text: string, start: number): number {
  // Of each text that is open, one inside another, how many braces of its `${…}` are; 0 in the text itself.
  const braces = [0];
  for (let at = start + 1; at < text.length; at += 1) {
    const inner = braces.length - 1;
    const depth = braces[inner] ?? 0;
    const character = text[at];
    if (character === '\n' && depth === 0) return at;
    if (depth === 0 && character === '\\' && text[at + 1] !== '\n') at += 1;
    else if (depth === 0 && (character === '$' || character === '%') && text[at + 1] === character) {
      // `$${` is no `${`.
      at += 1;
    } else if (depth === 0 && (character === '$' || character === '%') && text[at + 1] === '{') {
      braces[inner] = 1;
      at += 1;
    } else if (depth > 0 && character === '{') braces[inner] = depth + 1;
    else if (depth > 0 && character === '}') braces[inner] = depth - 1;
    else if (character === '"') {
      if (depth > 0) braces.push(0);
      else if (inner === 0) return at + 1;
      else braces.pop();
    }
  }
  return text.length;
}

/** Where the body of a heredoc ends, and its closing word. An unclosed one ends with the text. */
function endOfHeredoc(text: string, start: number, opening: string): { readonly body: number; readonly end: number } {
  const word = (/[^\s<-]\S*/.exec(opening)?.[0] ?? '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const closing = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, 'm');
  const found = closing.exec(text.slice(start));
  return found ? { body: start + found.index, end: start + found.index + found[0].length } : { body: text.length, end: text.length };
}

/** The line that opens or closes a heredoc; its word is shown if it looks like one of the usual. */
function hideWord(line: string): string {
  return line.replace(/[^\s<-]\S*/, (word) => (/^[A-Z_]{2,16}$/.test(word) ? word : '…'));
}

/** The same number of line ends, after what stands for the text. */
function withLines(text: string, shown: string): string {
  const lines = text.split('\n').length - 1;
  return shown === '…' ? text.replace(/[^\n]+/g, '…') : shown + '\n'.repeat(lines);
}
