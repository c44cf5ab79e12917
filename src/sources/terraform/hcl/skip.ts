import { code, isBlank } from './characters.ts';
import { commentEnd } from './comment.ts';
import type { HclComment, HclProblem } from './syntax.ts';
import { maxProblems } from './syntax.ts';
import { heredocStart, lineStop, markerEnd, quotedStop } from './template-text.ts';

/** What is noticed in passing over text. Both lists grow. */
export interface Notes {
  readonly comments: HclComment[];
  readonly problems: HclProblem[];
}

/** What ends the way besides a closing bracket that was not opened on it, and the limit. */
export interface Stops {
  readonly newline: boolean;
  readonly comma: boolean;
}

export interface Skipped {
  /** What ended the way stands here, or the limit is. */
  readonly stop: number;
  /** End of the last thing that is neither white space nor a comment; where the way began if there was none. */
  readonly solid: number;
  /** The outermost bracket or heredoc that had no end where the way ended; absent when all was balanced. */
  readonly unclosed?: number;
}

/** What the scanner is inside of; a bracket is its closing character. */
const interpolation = 1;
const quoted = 2;
const inHeredoc = 3;

/**
 * Passes over an expression, or the rest of one, without understanding it: only brackets, strings, heredocs and
 * comments count. Needs no recursion and looks at each character a fixed number of times.
 */
export function skip(text: string, from: number, limit: number, stops: Stops, notes?: Notes): Skipped {
  const within: number[] = [];
  const markers: string[] = [];
  let outermost = from;
  let at = from;
  let solid = from;
  let atLineStart = false;

  const enter = (what: number, begin: number): void => {
    if (within.length === 0) outermost = begin;
    within.push(what);
  };
  const broken = (): Skipped => ({ stop: at, solid, unclosed: outermost });

  while (at < limit) {
    const mode = within.at(-1) ?? 0;
    if (mode === quoted) {
      at = quotedStop(text, at, limit);
      const unit = at < limit ? text.charCodeAt(at) : code.newline;
      if (unit === code.quote) {
        at += 1;
        within.pop();
      } else if (unit === code.newline) {
        // The newline is left for what the string stands in: it may end the expression.
        if (notes) addProblem(notes, 'a string is not closed on its line', at);
        within.pop();
      } else {
        within.push(interpolation);
        at += 2;
      }
      solid = at;
      continue;
    }
    if (mode === inHeredoc) {
      const end = atLineStart ? markerEnd(text, at, limit, markers.at(-1) ?? '') : undefined;
      if (end !== undefined) {
        at = end;
        within.pop();
        markers.pop();
      } else {
        at = lineStop(text, at, limit);
        atLineStart = at < limit && text.charCodeAt(at) === code.newline;
        if (atLineStart) at += 1;
        else if (at < limit) {
          within.push(interpolation);
          at += 2;
        }
      }
      solid = at;
      continue;
    }

    const unit = text.charCodeAt(at);
    switch (unit) {
      case code.space:
      case code.tab:
      case code.carriageReturn:
        at += 1;
        continue;
      case code.newline:
        if (stops.newline && within.length === 0) return { stop: at, solid };
        at += 1;
        continue;
      case code.hash:
      case code.slash: {
        const end = commentEnd(text, at, limit);
        if (end > at) {
          if (notes) addComment(notes, text, at, end);
          at = end;
          continue;
        }
        at += 1;
        break;
      }
      case code.quote:
        enter(quoted, at);
        at += 1;
        break;
      case code.less: {
        const start = text.charCodeAt(at + 1) === code.less ? heredocStart(text, at, limit) : undefined;
        if (start) {
          enter(inHeredoc, at);
          markers.push(start.marker);
          at = start.textStart;
          atLineStart = true;
        } else at += 1;
        break;
      }
      case code.openParenthesis:
        enter(code.closeParenthesis, at);
        at += 1;
        break;
      case code.openBracket:
        enter(code.closeBracket, at);
        at += 1;
        break;
      case code.openBrace:
        enter(code.closeBrace, at);
        at += 1;
        break;
      case code.closeParenthesis:
      case code.closeBracket:
      case code.closeBrace:
        if (mode === 0) return { stop: at, solid };
        if (mode !== unit && !(mode === interpolation && unit === code.closeBrace)) return broken();
        within.pop();
        at += 1;
        atLineStart = false;
        break;
      case code.comma:
        if (stops.comma && within.length === 0) return { stop: at, solid };
        at += 1;
        break;
      default:
        at += 1;
    }
    solid = at;
  }
  if (within.length === 0) return { stop: limit, solid };
  if (within.length === 1 && within[0] === quoted) {
    if (notes) addProblem(notes, 'a string is not closed on its line', limit);
    return { stop: limit, solid };
  }
  return broken();
}

/** Notes a comment, and that it does not end where it is one without an end. */
export function addComment(notes: Notes, text: string, start: number, end: number): void {
  const comment = text.slice(start, end);
  if (comment.startsWith('/*') && (comment.length < 4 || !comment.endsWith('*/'))) addProblem(notes, 'a comment is not closed', start);
  notes.comments.push({ text: comment, span: { start, end } });
}

/** Notes a problem, unless there are enough. */
export function addProblem(notes: Notes, message: string, at: number): void {
  if (notes.problems.length < maxProblems) notes.problems.push({ message, at });
}

/** `end` without the white space before it; not below `start`. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (isBlank(text.charCodeAt(at - 1)) || text.charCodeAt(at - 1) === code.newline)) at -= 1;
  return at;
}
