import { isPlainKey, isPlainWord, isSmallNumber } from './plain-words.ts';

/**
 * YAML or JSON with its structure and keys, and `…` for every scalar that is not plainly a word of CloudFormation, and for comments.
 * It has as many lines as before.
 */
export function redactYaml(text: string): string {
  const lines = text.split('\n');
  let state: State = { kind: 'block' };
  return lines
    .map((line) => {
      const [shown, next] = redactLine(line, state);
      state = next;
      return shown;
    })
    .join('\n');
}

/** What the start of a line is in: the block structure, the body of a block scalar, a quoted text, or brackets. */
type State =
  | { readonly kind: 'block' }
  | { readonly kind: 'scalar'; readonly column: number }
  | { readonly kind: 'quoted'; readonly quote: string }
  | { readonly kind: 'flow'; readonly depth: number; readonly quote?: string; readonly key: string };

function redactLine(line: string, state: State): readonly [string, State] {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  if (indent.length === line.length) return [line, state];
  switch (state.kind) {
    case 'scalar':
      return indent.length > state.column ? [`${indent}…`, state] : redactBlockLine(line);
    case 'quoted':
      return [`${indent}…`, endOfQuoted(line, 0, state.quote) < 0 ? state : { kind: 'block' }];
    case 'flow':
      return redactFlow(line, 0, state);
    case 'block':
      return redactBlockLine(line);
    default:
      return state satisfies never;
  }
}

const lead = /^(\s*)((?:- +|-$)*)/;
const keyOfLine = /^("[^"\\]*"|'[^']*'|[A-Za-z_$<][^\s#"'{}[\],]*?)(\s*:)(?=\s|$)/;

function redactBlockLine(line: string): readonly [string, State] {
  const [start = '', , dashes = ''] = lead.exec(line) ?? [];
  const rest = line.slice(start.length);
  if (rest === '---' || rest === '...') return [line, { kind: 'block' }];
  const [whole, written = '', colon = ''] = keyOfLine.exec(rest) ?? [];
  if (whole === undefined) return redactValue(start, rest, start.length - (dashes === '' ? 1 : dashes.length), '');
  const key = written.replace(/^["']|["']$/g, '');
  const shown = isPlainKey(key) ? written : '…';
  const value = rest.slice(whole.length);
  const blank = /^\s*/.exec(value)?.[0] ?? '';
  return redactValue(`${start}${shown}${colon}${blank}`, value.slice(blank.length), start.length, key);
}

/** Tags and anchors before a value are structure: `!Sub`, `&a`. */
const properties = /^(?:(?:![A-Za-z0-9:.]*|&[\w-]+)(?:\s+|$))*/;

/** @param column where what the value belongs to begins: the body of a block scalar is further in */
function redactValue(before: string, value: string, column: number, key: string): readonly [string, State] {
  const block: State = { kind: 'block' };
  const tags = properties.exec(value)?.[0] ?? '';
  const bare = value.slice(tags.length);
  const shown = before + tags;
  if (bare === '') return [shown.trimEnd(), block];
  if (bare.startsWith('#')) return [`${shown}# …`, block];
  const indicator = /(?:^|\s)([|>][-+\d]{0,2})\s*(?:#.*)?$/.exec(bare);
  if (indicator) return [`${shown}${indicator[1] ?? ''}`, { kind: 'scalar', column }];
  if (bare.startsWith('{') || bare.startsWith('[')) return redactFlow(shown + bare, shown.length, { kind: 'flow', depth: 0, key });
  const [quote = ''] = bare;
  if (quote === '"' || quote === "'") {
    const end = endOfQuoted(bare, 1, quote);
    if (end < 0) return [`${shown}…`, { kind: 'quoted', quote }];
    const content = bare.slice(1, end);
    const alone = /^\s*(?:#.*)?$/.test(bare.slice(end + 1));
    return [`${shown}${quote}${alone && isShown(content, key) ? content : '…'}${quote}`, block];
  }
  const comment = / #|\t#/.exec(bare);
  const plain = (comment ? bare.slice(0, comment.index) : bare).trimEnd();
  const reference = /^!(?:Ref|GetAtt|Condition)\s/.test(tags) && isName(plain);
  return [`${shown}${reference || isShown(plain, key) || /^\*[A-Za-z][\w-]*$/.test(plain) ? plain : '…'}`, block];
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
  let { depth, quote, key } = state;
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
    if (/[\s{}[\],:?]/.test(character)) {
      if (character === '{' || character === '[') depth += 1;
      if (character === '}' || character === ']') depth -= 1;
      if (/[{}\]]/.test(character)) key = '';
      shown += character;
      at += 1;
      if (depth === 0) return [shown + (/\S/.test(line.slice(at)) ? ' …' : ''), { kind: 'block' }];
    } else if (character === '"' || character === "'") {
      const end = endOfQuoted(line, at + 1, character);
      if (end < 0) return [`${shown}${character}…`, { kind: 'flow', depth, key, quote: character }];
      const content = line.slice(at + 1, end);
      at = end + 1;
      const isKey = /^\s*:/.test(line.slice(at, at + 20));
      if (isKey) key = content;
      shown += `${character}${(isKey ? isPlainKey(content) : isShown(content, key)) ? content : '…'}${character}`;
    } else if (character === '#') {
      return [`${shown}# …`, { kind: 'flow', depth, key }];
    } else {
      const word = /^(?:[^\s{}[\],:"'#]|:(?![\s,}\]]|$))+/.exec(line.slice(at))?.[0] ?? character;
      at += word.length;
      const isKey = /^\s*:(?:\s|$)/.test(line.slice(at, at + 20));
      if (isKey) key = word;
      shown += (isKey ? isPlainKey(word) : isShown(word, key) || /^![A-Za-z]+$/.test(word)) ? word : '…';
    }
  }
  return [shown, { kind: 'flow', depth, key }];
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
