/** UTF-16 codes of the characters that mean something. */
export const code = {
  tab: 9,
  newline: 10,
  carriageReturn: 13,
  space: 32,
  bang: 33,
  quote: 34,
  hash: 35,
  dollar: 36,
  percent: 37,
  ampersand: 38,
  openParenthesis: 40,
  closeParenthesis: 41,
  star: 42,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  pipe: 124,
  closeBrace: 125,
  tilde: 126,
  byteOrderMark: 0xfeff,
} as const;

const start = /[\p{ID_Start}_]/u;
const rest = /[\p{ID_Continue}-]/u;

/** End of the name that begins at `at`; `at` itself where none does. */
export function nameEnd(text: string, at: number, limit: number): number {
  let end = at;
  while (end < limit) {
    const unit = text.charCodeAt(end);
    const isLetter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95;
    if (isLetter || (end > at && (isDigit(unit) || unit === code.minus))) {
      end += 1;
    } else if (unit < 128) {
      break;
    } else {
      const character = String.fromCodePoint(text.codePointAt(end) ?? unit);
      if (!(end > at ? rest : start).test(character) || end + character.length > limit) break;
      end += character.length;
    }
  }
  return end;
}

export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** White space inside a line. A carriage return is some wherever it stands. */
export function isBlank(unit: number): boolean {
  return unit === code.space || unit === code.tab || unit === code.carriageReturn;
}
