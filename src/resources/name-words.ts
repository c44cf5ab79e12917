/** Names longer than any that AWS takes (a parameter: 2048) are cut. */
const longestName = 2048;

/** The segments of a path, each as words in lower case: split at punctuation, digits and changes of case; numbers are dropped. */
export function nameWords(name: string): readonly (readonly string[])[] {
  return name
    .slice(0, longestName)
    .split('/')
    .map(segmentWords)
    .filter((words) => words.length > 0);
}

function segmentWords(segment: string): readonly string[] {
  return segment
    .replace(/base64|b64/gi, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
