import { isPlainKey, isPlainWord, isSmallNumber } from './plain-words.ts';

/**
 * YAML or JSON with its structure and keys, and `…` for every scalar that is not plainly a word of CloudFormation, and for comments.
 * It has as many lines as before.
 */
export function redactYaml(text: string): string {
  const lines = text.split('\n');
  let state: State = { kind: 'block', column: -1 };
  return lines
    .map((line) => {
      const [shown, next] = redactLine(line.replace(/\r$/, ''), state);
      state = next;
      return shown;
    })
    .join('\n');
}

/**
 * What the start of a line is in: the block structure, a scalar that goes on as long as lines are further in than its column, a quoted
 * text, or brackets. `column` of the block structure: of what a value that begins on this line belongs to.
 */
type State =
  | { readonly kind: 'block'; readonly column: number }
  | { readonly kind: 'scalar'; readonly column: number }
  | { readonly kind: 'quoted'; readonly quote: string }
  | { readonly kind: 'flow'; readonly depth: number; readonly quote?: string; readonly key: string; readonly plain?: boolean };

function redactLine(line: string, state: State): readonly [string, State] {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  if (indent.length === line.length) return [line, state];
  switch (state.kind) {
    case 'scalar':
      return indent.length > state.column ? [`${indent}…`, state] : redactBlockLine(line, nothing);
    case 'quoted':
      return [`${indent}…`, endOfQuoted(line, 0, state.quote) < 0 ? state : nothing];
    case 'flow':
      return redactFlow(line, 0, state);
    case 'block':
      return redactBlockLine(line, state);
    default:
      return state satisfies never;
  }
}

/** No key waits for its value: a scalar that begins here is all of the document. */
const nothing = { kind: 'block', column: -1 } as const;

const lead = /^(\s*)((?:[-?:] +|[-?:]$)*)/;
/** How long the key is that a line begins with, its colon included; 0 for none. Any key: whether it may be shown is another question. */
function keyLength(line: string): number {
  const [quote = ''] = line;
  if (quote === '"' || quote === "'") {
    const end = endOfQuoted(line, 1, quote) + 1;
    const colon = end === 0 ? undefined : /^\s*:(?=\s|$)/.exec(line.slice(end))?.[0];
    return colon === undefined ? 0 : end + colon.length;
  }
  if (/^(?:$|[#&!*|>{}[\],%@`]|---\s)/.test(line)) return 0;
  const colon = line.search(/:(?:\s|$)/);
  const comment = line.search(/\s#/);
  return comment >= 0 && comment < colon ? 0 : colon + 1;
}

function redactBlockLine(line: string, state: Extract<State, { kind: 'block' }>): readonly [string, State] {
  const [start = '', blanks = '', dashes = ''] = lead.exec(line) ?? [];
  const rest = line.slice(start.length);
  if (rest === '---' || rest === '...') return [line, nothing];
  if (rest.startsWith('#')) return [`${start}# …`, state];
  const length = keyLength(rest);
  if (length === 0) return redactValue(start, rest, dashes !== '' ? blanks.length : rest.startsWith('---') ? -1 : state.column, '');
  const written = rest.slice(0, length - 1).trimEnd();
  const colon = rest.slice(written.length, length);
  const key = written.replace(/^["']|["']$/g, '');
  const shown = isPlainKey(key) ? written : '…';
  const value = rest.slice(length);
  const blank = /^\s*/.exec(value)?.[0] ?? '';
  return redactValue(`${start}${shown}${colon}${blank}`, value.slice(blank.length), start.length, key);
}

/** Tags and anchors before a value are structure: `!Sub`, `&a`. */
const properties = /^(?:(?:![A-Za-z0-9:.]*|&[\w-]+)(?:\s+|$))*/;

/** @param column where what the value belongs to begins: what goes on with it is further in */
function redactValue(before: string, value: string, column: number, key: string): readonly [string, State] {
  const block: State = { kind: 'block', column };
  // Nothing but more of the scalar can be further in than what it belongs to.
  const scalar: State = { kind: 'scalar', column };
  const tags = properties.exec(value)?.[0] ?? '';
  const bare = value.slice(tags.length);
  const shown = before + tags;
  if (bare === '') return [shown.trimEnd(), block];
  if (bare.startsWith('#')) return [`${shown}# …`, block];
  const indicator = /(?:^|\s)([|>][-+\d]{0,2})\s*(?:#.*)?$/.exec(bare);
  if (indicator) return [`${shown}${indicator[1] ?? ''}`, scalar];
  if (bare.startsWith('{') || bare.startsWith('[')) return redactFlow(shown + bare, shown.length, { kind: 'flow', depth: 0, key });
  const [quote = ''] = bare;
  if (quote === '"' || quote === "'") {
    const end = endOfQuoted(bare, 1, quote);
    if (end < 0) return [`${shown}…`, { kind: 'quoted', quote }];
    const content = bare.slice(1, end);
    const alone = /^\s*(?:#.*)?$/.test(bare.slice(end + 1));
    return [`${shown}${quote}${alone && isShown(content, key) ? content : '…'}${quote}`, scalar];
  }
  const comment = / #|\t#/.exec(bare);
  const plain = (comment ? bare.slice(0, comment.index) : bare).trimEnd();
  const reference = /^!(?:Ref|GetAtt|Condition)\s/.test(tags) && isName(plain);
  return [`${shown}${reference || isShown(plain, key) || /^\*[A-Za-z][\w-]*$/.test(plain) ? plain : '…'}`, scalar];
}

function isShown(text: string, key: string): boolean {
  if (/^-?\d/.test(text) && !isSmallNumber(text, key) && !/^\d{4}-/.test(text)) return false;
  return isPlainWord(text) || (referring.has(key) && isName(text));
}

/** Below these keys stand names of the same template. */
const referring = new Set(['Ref', 'Fn::GetAtt', 'DependsOn', 'Condition']);

function isName(text: string): boolean {
  return /^[A-Za-z][\w.:]{0,63}$/.test(text);
}

/** Inside brackets, which may go on for lines; all of a JSON document is. */
function redactFlow(line: string, from: number, state: Extract<State, { kind: 'flow' }>): readonly [string, State] {
  let { depth, quote, key, plain = false } = state;
  let shown = line.slice(0, from);
  let at = from;
  if (quote !== undefined) {
    const end = endOfQuoted(line, 0, quote);
    if (end < 0) return [`${/^\s*/.exec(line)?.[0] ?? ''}…`, state];
    shown = `…${quote}`;
    at = end + 1;
    quote = undefined;
  }
  while (at < line.length) {
    const character = line[at] ?? '';
    // Inside a plain scalar quotes, `?`, and `:` before more of it are of its text.
    if (plain ? /^(?:[\s{}[\],]|:(?:[\s{}[\],]|$))/.test(line.slice(at, at + 2)) : /[\s{}[\],:?]/.test(character)) {
      if (character === '{' || character === '[') depth += 1;
      if (character === '}' || character === ']') depth -= 1;
      if (/[{}\]]/.test(character)) key = '';
      if (/\S/.test(character)) plain = false;
      shown += character;
      at += 1;
      if (depth === 0) {
        const after = line.slice(at).trim();
        // What follows the brackets may be the value of a key: not followed further, so that nothing more is shown.
        return [shown + (after === '' ? '' : ' …'), after === '' || after.startsWith('#') ? nothing : { kind: 'scalar', column: -1 }];
      }
    } else if (!plain && (character === '"' || character === "'")) {
      const end = endOfQuoted(line, at + 1, character);
      if (end < 0) return [`${shown}${character}…`, { kind: 'flow', depth, key, quote: character }];
      const content = line.slice(at + 1, end);
      at = end + 1;
      const isKey = /^\s*:/.test(line.slice(at, at + 20));
      if (isKey) key = content;
      shown += `${character}${(isKey ? isPlainKey(content) : isShown(content, key)) ? content : '…'}${character}`;
    } else if (character === '#' && (!plain || /^\s?$/.test(line.slice(Math.max(0, at - 1), at)))) {
      return [`${shown}# …`, { kind: 'flow', depth, key }];
    } else {
      const word = /^(?:[^\s{}[\],:]|:(?![\s{}[\],]|$))+/.exec(line.slice(at))?.[0] ?? character;
      at += word.length;
      // A tag or an anchor comes before a scalar of any kind.
      plain ||= !/^[!&]/.test(word);
      const isKey = /^\s*:(?:\s|$)/.test(line.slice(at, at + 20));
      if (isKey) key = word;
      shown += (isKey ? isPlainKey(word) : isShown(word, key) || /^![A-Za-z]+$/.test(word)) ? word : '…';
    }
  }
  return [shown, { kind: 'flow', depth, key, plain }];
}

/** Index of the closing quote from `from` on, or -1. */
function endOfQuoted(line: string, from: number, quote: string): number {
  for (let at = from; at < line.length; at += 1) {
    if (quote === '"' && line[at] === '\\') at += 1;
    else if (line[at] === quote) {
      if (quote === "'" && line[at + 1] === "'") at += 1;
      else return at;
    }
  }
  return -1;
}
