import { code, isBlank } from './characters.ts';

/** The opening line of a heredoc. */
export interface HeredocStart {
  readonly marker: string;
  /** `<<-`: the indentation that all lines share is not part of the text. */
  readonly flush: boolean;
  /** Where the first line of the text begins. */
  readonly textStart: number;
}

const heredoc = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;

/** The heredoc that begins at `at`, if one does. */
export function heredocStart(text: string, at: number, limit: number): HeredocStart | undefined {
  heredoc.lastIndex = at;
  const found = heredoc.exec(text);
  if (!found || heredoc.lastIndex > limit) return undefined;
  return { marker: found[2] ?? '', flush: found[1] === '-', textStart: heredoc.lastIndex };
}

/** End of the marker if the line that begins at `at` holds it and nothing else, whatever its indentation; otherwise undefined. */
export function markerEnd(text: string, at: number, limit: number, marker: string): number | undefined {
  let start = at;
  while (start < limit && isBlank(text.charCodeAt(start))) start += 1;
  const end = start + marker.length;
  if (end > limit || !text.startsWith(marker, start)) return undefined;
  let rest = end;
  while (rest < limit && isBlank(text.charCodeAt(rest))) rest += 1;
  return rest >= limit || text.charCodeAt(rest) === code.newline ? end : undefined;
}

/** Where text in quotes stops: at its `"`, a `${` or `%{`, a newline (which may not stand there) or the limit. */
export function quotedStop(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote || unit === code.newline) return at;
    if (unit === code.backslash) at += text.charCodeAt(at + 1) === code.newline ? 1 : 2;
    else if (unit === code.dollar || unit === code.percent) {
      const length = signLength(text, at, unit);
      if (length === 0) return at;
      at += length;
    } else at += 1;
  }
  return limit;
}

/** Where a line of a heredoc stops: at a `${` or `%{`, its newline or the limit. */
export function lineStop(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    const unit = text.charCodeAt(at);
    if (unit === code.newline) return at;
    if (unit === code.dollar || unit === code.percent) {
      const length = signLength(text, at, unit);
      if (length === 0) return at;
      at += length;
    } else at += 1;
  }
  return limit;
}

/** How many characters at a `$` or `%` are text: three for `$${`, none where an interpolation or a directive begins. */
function signLength(text: string, at: number, sign: number): number {
  const second = text.charCodeAt(at + 1);
  if (second === code.openBrace) return 0;
  return second === sign && text.charCodeAt(at + 2) === code.openBrace ? 3 : 1;
}

const doubledSign = /([$%])\1\{/g;
const escape = /\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([^]))|([$%])\4\{/g;
const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text that a line of a heredoc stands for. */
export function plainText(written: string): string {
  return !written.includes('{') ? written : written.replace(doubledSign, (_, sign: string) => `${sign}{`);
}

/** The text that what stands in quotes means. Of an escape that HCL does not know the backslash is dropped, as its own parser does. */
export function unescaped(written: string): string {
  if (!written.includes('\\') && !written.includes('{')) return written;
  return written.replace(escape, (whole, short?: string, long?: string, character?: string, sign?: string) => {
    if (sign !== undefined) return `${sign}{`;
    if (character !== undefined) return simpleEscapes[character] ?? character;
    const point = parseInt(short ?? long ?? '', 16);
    return point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? whole : String.fromCodePoint(point);
  });
}
