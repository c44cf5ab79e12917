import { CST, Lexer } from 'yaml';
import type { SourceText } from '../../iac/source-text.ts';
import { waiverComments, waiverMark, type CommentSpan, type Lines } from '../../iac/waiver-comments.ts';
import type { WrittenWaiver } from '../../model/waiver.ts';

/** The waivers in the comments of a template in YAML. Above or beside a key they are about all that it holds. */
export function waiversInYaml(source: SourceText): readonly WrittenWaiver[] {
  if (!source.text.includes(waiverMark)) return [];
  const lines = source.text.split('\n');
  return waiverComments(source, commentsOf(source.text), (line) => linesFrom(lines, line));
}

/** By the lexer, since `#` in a text begins no comment. */
function commentsOf(text: string): readonly CommentSpan[] {
  const comments: CommentSpan[] = [];
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    // Marks of the lexer's own, which stand in no file.
    if (type === 'doc-mode' || type === 'flow-error-end' || type === 'scalar') continue;
    if (type === 'comment') comments.push({ start: at, end: at + token.length });
    at += token.length;
  }
  return comments;
}

/** The line of a key and all below it that is indented more, or that is an item of its list. */
function linesFrom(lines: readonly string[], line: number): Lines {
  const own = lines[line - 1] ?? '';
  // A comment that nothing follows is about nothing, not about all that is indented more than an empty line.
  if (own.trim() === '') return { startLine: line, endLine: line };
  const indent = indentOf(own);
  const isItem = /^\s*-(\s|$)/.test(own);
  let end = line;
  for (let next = line; next < lines.length; next += 1) {
    const text = lines[next] ?? '';
    if (text.trim() === '' || /^\s*#/.test(text)) continue;
    const belongs = indentOf(text) > indent || (indentOf(text) === indent && !isItem && /^\s*-(\s|$)/.test(text));
    if (!belongs) break;
    end = next + 1;
  }
  return { startLine: line, endLine: end };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
