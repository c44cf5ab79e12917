/** GitHub's hash of a line, which counts from 1; undefined past the last. */
export type LineHash = (line: number) => string | undefined;

/**
 * The hashes of the lines of a text as GitHub computes them for code scanning (github/codeql-action, src/fingerprints.ts): a
 * rolling hash modulo 2^64 over the 100 characters from the start of the line that are no blanks, and how many lines up to it
 * have the same. An alert whose hash differs from GitHub's own brings a warning at each upload.
 */
export function hashLines(text: string): LineHash {
  const { characters, count, starts } = hashedCharacters(text);
  const [highs, lows, nths] = [new Uint32Array(starts.length), new Uint32Array(starts.length), new Uint32Array(starts.length)];
  const latest = new Map<number, number>();
  // The hash in two halves of 32 bits; what is added to either stays below 2^53, so that numbers are exact.
  let [high, low, line] = [0, 0, 0];
  let next = (starts[0] ?? 0) + window - 1;
  for (let at = 0; line < starts.length; at += 1) {
    const leaving = at < window ? 0 : (characters[at - window] ?? 0);
    const sum = low * multiplier + (at < count ? (characters[at] ?? 0) : 0) - leaving * firstLow;
    high = (high * multiplier + Math.floor(sum / 0x1_0000_0000) - leaving * firstHigh) >>> 0;
    low = sum >>> 0;
    if (at !== next) continue;
    [highs[line], lows[line], nths[line]] = [high, low, 1];
    const before = latest.get(low);
    if (before !== undefined) nths[line] = countEqual(highs, lows, nths, before, high, low);
    latest.set(low, line);
    line += 1;
    next = (starts[line] ?? 0) + window - 1;
  }
  return (asked) => {
    const index = asked - 1;
    if (index < 0 || index >= starts.length) return undefined;
    const [upper = 0, lower = 0] = [highs[index], lows[index]];
    return `${upper === 0 ? lower.toString(16) : upper.toString(16) + lower.toString(16).padStart(8, '0')}:${nths[index] ?? 1}`;
  };
}

/** How many have the hash, the next one included; `before` is the last line whose lower half is the same. */
function countEqual(highs: Uint32Array, lows: Uint32Array, nths: Uint32Array, before: number, high: number, low: number): number {
  for (let at = before; at >= 0; at -= 1) if (lows[at] === low && highs[at] === high) return (nths[at] ?? 0) + 1;
  return 1;
}

const window = 100;
const multiplier = 37;
/** 37^100 modulo 2^64, in halves: what the character that leaves the window counts. */
const [firstHigh, firstLow] = [0xe59c_d09a, 0x331c_db71];

const endOfFile = 0xffff;
const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];

interface HashedCharacters {
  /** The first `count` are characters. */
  readonly characters: Uint16Array;
  readonly count: number;
  /** Index of the first character of each line. */
  readonly starts: readonly number[];
}

/** The text without blanks, ends of lines as one line feed each, and the end of the file. */
function hashedCharacters(text: string): HashedCharacters {
  const characters = new Uint16Array(text.length + 1);
  const starts: number[] = [];
  let count = 0;
  let atStart = true;
  let afterReturn = false;
  for (let at = 0; at <= text.length; at += 1) {
    let code = at < text.length ? text.charCodeAt(at) : endOfFile;
    if (code === space || code === tab || (afterReturn && code === lineFeed)) {
      afterReturn = false;
      continue;
    }
    afterReturn = code === carriageReturn;
    if (afterReturn) code = lineFeed;
    if (atStart) starts.push(count);
    atStart = code === lineFeed;
    characters[count] = code;
    count += 1;
  }
  return { characters, count, starts };
}
