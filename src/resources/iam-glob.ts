/** Told of the work done, in comparisons of single symbols, so that a budget can end work on hostile patterns. */
export type Meter = (steps: number) => void;

const unmetered: Meter = () => undefined;

/**
 * Whether the pattern matches the whole text, case and all. `*` stands for any run of characters, the empty one
 * and `:` and `/` too; `?` for one character; nothing else is special.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 *
 * Only the last `*` is ever retried, so the time is at most the product of the two lengths.
 */
export function globMatches(pattern: string, text: string, meter: Meter = unmetered): boolean {
  return matchSymbols(pattern, text, false, meter);
}

/**
 * Whether the pattern matches whatever another one does; false where that is hard to tell. `?*` counts as `*`, since
 * nothing that policies name is empty.
 */
export function globCovers(outer: string, inner: string, meter: Meter = unmetered): boolean {
  if (!matchSymbols(outer, inner, false, meter)) return false;
  return !inner.includes('*') || matchSymbols(outer.replace(/[*?]+/g, withoutOneMark), inner, true, meter);
}

/** A run of wildcards with a `*` in it, less one `?`. */
function withoutOneMark(run: string): string {
  return run.includes('*') ? run.replace('?', '') : run;
}

/** `starApart`: the text is a pattern, of which only a `*` covers a `*`. */
function matchSymbols(pattern: string, text: string, starApart: boolean, meter: Meter): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resumeAt = 0;
  let steps = 0;
  let failed = false;
  while (t < text.length && !failed) {
    steps++;
    const symbol = pattern[p];
    const char = text[t];
    if (symbol === '*') {
      star = p++;
      resumeAt = t;
    } else if ((symbol === '?' && !(starApart && char === '*')) || (symbol !== undefined && symbol === char)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resumeAt;
    } else {
      failed = true;
    }
  }
  meter(steps);
  while (pattern[p] === '*') p++;
  return !failed && p === pattern.length;
}

/** Whether some text is matched by both patterns. */
export function globsOverlap(left: string, right: string, meter: Meter = unmetered): boolean {
  let first = 0;
  while (isLiteral(left[first]) && isLiteral(right[first])) {
    if (left[first] !== right[first]) return false;
    first++;
  }
  meter(1 + first + (left.length - first) * (right.length - first));
  return restsOverlap(left.slice(first), right.slice(first));
}

function isLiteral(symbol: string | undefined): boolean {
  return symbol !== undefined && symbol !== '*' && symbol !== '?';
}

function restsOverlap(left: string, right: string): boolean {
  // reachable[j]: some text is matched by the first i symbols of left and by the first j of right.
  let reachable = [true];
  for (let j = 1; j <= right.length; j++) reachable.push(reachable[j - 1] === true && right[j - 1] === '*');
  for (let i = 0; i < left.length; i++) {
    const a = left[i];
    const next = [reachable[0] === true && a === '*'];
    for (let j = 1; j <= right.length; j++) {
      const b = right[j - 1];
      const starMoves = (a === '*' || b === '*') && (reachable[j] === true || next[j - 1] === true);
      next.push(starMoves || (reachable[j - 1] === true && (a === b || a === '?' || b === '?')));
    }
    reachable = next;
  }
  return reachable[right.length] === true;
}
