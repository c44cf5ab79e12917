import type { WrittenField, WrittenWaiver } from '../model/waiver.ts';
import { positionIn, type SourceText } from './source-text.ts';

/** Without it in a file there is nothing to look for. */
export const waiverMark = 'sealcheck:';

/** Lines from the first to the last, both of them included; they count from 1. */
export interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

/** Offsets of a comment in its text, with its marks; the end is exclusive. */
export interface CommentSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The waivers among the comments of a file: `# sealcheck:waive POLICY until=2027-01-31 reason="…" owner=…`. On a line with
 * code, one is about what begins on that line; on lines of its own, about what begins right below.
 *
 * @param comments all of the file, in the order of the text
 * @param linesFrom the lines of the largest part of the code that begins on a line; of no part, that line
 */
export function waiverComments(
  source: SourceText,
  comments: readonly CommentSpan[],
  linesFrom: (line: number) => Lines,
): readonly WrittenWaiver[] {
  const commented = new Set<number>();
  const placed = comments.map(({ start, end }) => {
    const [first, last] = [positionIn(source, start), positionIn(source, end)];
    const leads = source.text.slice(start - first.column + 1, start).trim() === '';
    const [behind = ''] = source.text.slice(end).split('\n', 1);
    const alone = leads && behind.trim() === '';
    if (alone) for (let line = first.line; line <= last.line; line += 1) commented.add(line);
    // Code behind a comment begins on the line that the comment ends on.
    return { start, end, first, last: last.line, alone, own: leads ? last.line : first.line };
  });
  return placed.flatMap(({ start, end, first, last, alone, own }): readonly WrittenWaiver[] => {
    const text = source.text.slice(start, end);
    const [head, word = ''] = /^(?:#+|\/\/+|\/\*+)[ \t]*sealcheck:([\w-]*)/.exec(text) ?? [];
    if (head === undefined) return [];
    let below = last + 1;
    while (commented.has(below)) below += 1;
    const read = word === 'waive' ? readFields(source, start, text, head.length) : { fields: [], problems: [notKnown(word, first)] };
    return [
      {
        match: { kind: 'lines', file: source.file, ...linesFrom(alone ? below : own) },
        file: source.file,
        ...first,
        ...read,
        // Of the code around it nothing is shown: it may hold a value.
        ...(text.includes('\n') ? {} : { excerpt: `${' '.repeat(first.column - 1)}${text}` }),
      },
    ];
  });
}

type Problem = WrittenWaiver['problems'][number];

function notKnown(word: string, place: { readonly line: number; readonly column: number }): Problem {
  return { ...place, message: `there is no sealcheck:${word}`, hint: 'write sealcheck:waive POLICY until=2027-01-31 reason="…" owner=…' };
}

/** The policy, then `name=value`; a value with blanks stands in quotes. */
function readFields(source: SourceText, start: number, text: string, from: number): Pick<WrittenWaiver, 'fields' | 'problems'> {
  const fields: WrittenField[] = [];
  const end = text.startsWith('/*') ? text.replace(/\*\/$/, '').length : text.length;
  const token = /\s*(?:([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))|([^\s="]+)(?=\s|$))/y;
  const inner = text.slice(0, end);
  let at = from;
  while (inner.slice(at).trim() !== '') {
    token.lastIndex = at;
    const found = token.exec(inner);
    const offset = at + (/^\s*/.exec(inner.slice(at))?.[0].length ?? 0);
    const place = positionIn(source, start + offset);
    const [, name, quoted, plain, bare] = found ?? [];
    const value = quoted?.replace(/\\(.)/gs, '$1') ?? plain ?? bare;
    if (value === undefined || (bare !== undefined && fields.length > 0)) {
      return {
        fields,
        problems: [
          { ...place, message: 'expected name=value here', hint: 'a value with blanks stands in quotes: reason="it moves in spring"' },
        ],
      };
    }
    fields.push({ ...place, name: name ?? 'policy', value });
    at = token.lastIndex;
  }
  return { fields, problems: [] };
}
