/**
 * A relative URI path made of segments. GitHub refuses a whole file for one `uri` that is empty or that parses as another
 * scheme (an ARN does), and services tidy paths: `a//b`, `a/./b` and `/a` must neither be refused nor become one another.
 * So every segment is percent-encoded, an empty one is `!`, and `.` and `..` get a `!` before them; a `!` of the name itself
 * is `%21`. Different segments give different paths.
 */
export function uriPath(segments: readonly string[]): string {
  return segments.map(encodeSegment).join('/');
}

/**
 * The path of a name that may hold slashes: they part segments, so that a hierarchy can be read, but a leading, trailing or
 * repeated one is `%2F`.
 */
export function uriPathOfName(name: string): string {
  const pieces = name.split('/');
  const segments: string[] = [];
  let slashes = '';
  for (const [index, piece] of pieces.entries()) {
    const last = index === pieces.length - 1;
    if (piece === '' && !last) {
      slashes += '%2F';
    } else if (piece === '' && segments.length > 0) {
      segments.push(`${segments.pop() ?? ''}${slashes}%2F`);
    } else {
      segments.push(slashes + encodeSegment(piece));
      slashes = '';
    }
  }
  return segments.join('/');
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') return `!${segment}`;
  return segment
    .split(loneSurrogate)
    .map((part, index) => (index % 2 === 1 ? `!u${part.charCodeAt(0).toString(16)}` : encodeURIComponent(part).replaceAll('!', '%21')))
    .join('');
}

/** encodeURIComponent throws on these. */
const loneSurrogate = /(\p{Cs})/u;
