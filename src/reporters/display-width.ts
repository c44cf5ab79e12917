/** Takes longer to make than a small scan takes: made when a text needs it. */
let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): Intl.Segments {
  return (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text);
}

/** Characters of one cell that join no other: ASCII, and the dashes, dots and marks of our own texts, for which no segmenter is made. */
const oneCellEach = /^[\x20-\x7e·‐-‧▲✔✖⊘]*$/;
const ellipsis = '…';

/** Code points that a terminal draws two cells wide (East Asian Width W and F, Unicode 15, in coarse ranges). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1b000, 0x1b2fb],
  [0x20000, 0x3fffd],
];

/** How many cells of a terminal the text fills. The text holds no control characters and no escape sequences. */
export function displayWidth(text: string): number {
  if (oneCellEach.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment);
  return width;
}

/** The text filled with blanks to `width` cells; longer text stays as it is. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** At most `width` cells, the end replaced by an ellipsis. */
export function truncateEnd(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${takeStart(text, Math.max(0, width - 1)).trimEnd()}${ellipsis}`;
}

/** At most `width` cells, the middle replaced by an ellipsis: names differ at their start and at their end. */
export function truncateMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const room = Math.max(0, width - 1);
  const end = takeEnd(text, Math.ceil(room / 2));
  return `${takeStart(text, room - displayWidth(end))}${ellipsis}${end}`;
}

/** The text in lines of at most `width` cells, broken at blanks; a word that is longer is cut. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = truncateEnd(word, width);
  }
  return [...lines, line];
}

/** As `wrapWords`, in at most `most` lines: the last of them is cut. */
export function wrapInto(text: string, width: number, most: number): readonly string[] {
  const lines = wrapWords(text, width);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), truncateEnd(lines.slice(most - 1).join(' '), width)];
}

function takeStart(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes(text)) {
    used += graphemeWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

function takeEnd(text: string, width: number): string {
  const segments = [...graphemes(text)].map(({ segment }) => segment);
  let from = segments.length;
  let used = 0;
  while (from > 0) {
    used += graphemeWidth(segments[from - 1] ?? '');
    if (used > width) break;
    from -= 1;
  }
  return segments.slice(from).join('');
}

function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x300) return grapheme.includes('\ufe0f') ? 2 : 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(grapheme)) return 0;
  if (grapheme.includes('\ufe0f') || /^\p{Emoji_Presentation}/u.test(grapheme)) return 2;
  return wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
