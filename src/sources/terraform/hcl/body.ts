import { code, isBlank, nameEnd } from './characters.ts';
import { commentEnd, lineEnd } from './comment.ts';
import { lazyAttribute } from './lazy-attribute.ts';
import type { Notes, Skipped } from './skip.ts';
import { addComment, addProblem, skip, trimmedEnd } from './skip.ts';
import type { HclAttribute, HclBlock, HclBody, HclFile, Span } from './syntax.ts';
import { maxDepth } from './syntax.ts';
import { quotedStop, unescaped } from './template-text.ts';

/** Where the reading of a file is. */
interface Reading extends Notes {
  readonly text: string;
  at: number;
  /** How many characters may still be looked at again after something unclosed. Keeps the time in proportion to the length. */
  rereads: number;
}

/**
 * Reads the native syntax of HCL. Never throws: what is broken is a problem, and reading goes on at the next line.
 * Values of attributes are only delimited; they are read when first looked at.
 */
export function parseHcl(text: string): HclFile {
  const start = text.charCodeAt(0) === code.byteOrderMark ? 1 : 0;
  const reading: Reading = { text, at: start, comments: [], problems: [], rereads: 4 * text.length };
  const body = readBody(reading, 0);
  return { body: { ...body, span: { start, end: text.length } }, comments: reading.comments, problems: reading.problems };
}

/** Reads up to the closing brace of the block, which is left, or to the end of the text. */
function readBody(reading: Reading, depth: number): HclBody {
  const { text } = reading;
  const start = reading.at;
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  for (;;) {
    skipToItem(reading);
    if (reading.at >= text.length) break;
    if (text.charCodeAt(reading.at) === code.closeBrace) {
      if (depth > 0) break;
      addProblem(reading, 'this "}" closes nothing', reading.at);
      reading.at += 1;
      continue;
    }
    const first = reading.at;
    const knownComments = reading.comments.length;
    const nameSpan = { start: first, end: nameEnd(text, first, text.length) };
    reading.at = nameSpan.end;
    skipInLine(reading);
    if (nameSpan.end > first && isAssignment(text, reading.at)) {
      reading.at += 1;
      attributes.push(readAttribute(reading, nameSpan));
      continue;
    }
    const block = nameSpan.end > first ? readBlock(reading, nameSpan, depth) : undefined;
    if (block) blocks.push(block);
    else {
      addProblem(reading, 'expected an attribute or a block', first);
      reading.at = first;
      reading.comments.length = knownComments;
      delimit(reading);
    }
  }
  return { attributes, blocks, span: { start, end: reading.at } };
}

function isAssignment(text: string, at: number): boolean {
  return text.charCodeAt(at) === code.equals && text.charCodeAt(at + 1) !== code.equals;
}

function readAttribute(reading: Reading, nameSpan: Span): HclAttribute {
  const { text } = reading;
  skipInLine(reading);
  const start = reading.at;
  const end = delimit(reading);
  if (end === start) addProblem(reading, 'expected a value', start);
  return lazyAttribute(text, nameSpan, start, end);
}

/** The block whose type was read; undefined when what follows is not the rest of a block. */
function readBlock(reading: Reading, typeSpan: Span, depth: number): HclBlock | undefined {
  const { text } = reading;
  const labels: string[] = [];
  for (;;) {
    skipInLine(reading);
    const start = reading.at;
    const unit = text.charCodeAt(start);
    if (unit === code.openBrace) break;
    if (unit === code.quote) {
      const end = labelEnd(text, start + 1);
      if (end === undefined) return undefined;
      labels.push(unescaped(text.slice(start + 1, end)));
      reading.at = end + 1;
    } else {
      const end = nameEnd(text, start, text.length);
      if (end === start) return undefined;
      labels.push(text.slice(start, end));
      reading.at = end;
    }
  }
  const open = reading.at;
  reading.at += 1;
  const body = depth < maxDepth ? readBody(reading, depth + 1) : passBody(reading);
  if (reading.at < text.length) reading.at += 1;
  else addProblem(reading, 'this block is not closed', typeSpan.start);
  return {
    type: text.slice(typeSpan.start, typeSpan.end),
    labels,
    body,
    header: { start: typeSpan.start, end: open + 1 },
    span: { start: typeSpan.start, end: reading.at },
  };
}

/** Passes over what is nested too deep to be read, up to the brace that closes it. */
function passBody(reading: Reading): HclBody {
  const start = reading.at;
  addProblem(reading, `blocks are nested more than ${maxDepth} deep`, start);
  for (;;) {
    const { stop } = skip(reading.text, reading.at, reading.text.length, { newline: false, comma: false }, reading);
    reading.at = stop;
    if (stop >= reading.text.length || reading.text.charCodeAt(stop) === code.closeBrace) break;
    reading.at += 1;
  }
  return { attributes: [], blocks: [], span: { start, end: reading.at } };
}

/** The closing quote of a label; `${` has no meaning in one. Undefined when its line ends first. */
function labelEnd(text: string, from: number): number | undefined {
  let at = quotedStop(text, from, text.length);
  while (at < text.length && text.charCodeAt(at) !== code.quote) {
    if (text.charCodeAt(at) === code.newline) return undefined;
    at = quotedStop(text, at + 1, text.length);
  }
  return at < text.length ? at : undefined;
}

/**
 * Passes over an expression up to the newline or brace that ends it, and returns the end of what is solid in it. Where
 * a bracket is not closed the expression is taken to end with the line of that bracket, so that one slip does not
 * swallow the file.
 */
function delimit(reading: Reading): number {
  const { text, comments, problems } = reading;
  const start = reading.at;
  const known = { comments: comments.length, problems: problems.length };
  const { stop, solid, unclosed } = skipExpression(reading, text.length);
  reading.at = stop;
  if (unclosed === undefined) return solid;
  if (stop - start > reading.rereads) {
    addProblem(reading, notClosed, unclosed);
    return solid;
  }
  reading.rereads -= stop - start;
  comments.length = known.comments;
  problems.length = known.problems;
  addProblem(reading, notClosed, unclosed);
  const end = Math.min(stop, lineEnd(text, unclosed, text.length));
  reading.at = start;
  skipExpression(reading, end);
  reading.at = end;
  return trimmedEnd(text, start, end);
}

const notClosed = 'what is opened here is not closed';

/** A bracket that closes nothing does not end an expression, it spoils it. */
function skipExpression(reading: Reading, limit: number): Skipped {
  let from = reading.at;
  for (;;) {
    const skipped = skip(reading.text, from, limit, { newline: true, comma: false }, reading);
    const unit = skipped.stop < limit ? reading.text.charCodeAt(skipped.stop) : code.newline;
    if (skipped.unclosed !== undefined || unit === code.newline || unit === code.closeBrace) return skipped;
    from = skipped.stop + 1;
  }
}

/** Passes over what may stand between items. */
function skipToItem(reading: Reading): void {
  for (;;) {
    skipInLine(reading);
    if (reading.at >= reading.text.length || reading.text.charCodeAt(reading.at) !== code.newline) return;
    reading.at += 1;
  }
}

/** Passes over white space and comments in a line. */
function skipInLine(reading: Reading): void {
  const { text } = reading;
  while (reading.at < text.length) {
    if (isBlank(text.charCodeAt(reading.at))) {
      reading.at += 1;
      continue;
    }
    const end = commentEnd(text, reading.at, text.length);
    if (end === reading.at) return;
    addComment(reading, text, reading.at, end);
    reading.at = end;
  }
}
