/**
 * Whether the pattern matches the whole text, case and all. `*` stands for any run of characters, the empty one
 * and `:` and `/` too; `?` for one character; nothing else is special.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 *
 * Only the last `*` is ever retried, so the time is at most the product of the two lengths.
 */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resumeAt = 0;
  while (t < text.length) {
    const symbol = pattern[p];
    if (symbol === '*') {
      star = p++;
      resumeAt = t;
    } else if (symbol === '?' || (symbol !== undefined && symbol === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Whether some text is matched by both patterns. */
export function globsOverlap(left: string, right: string): boolean {
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
