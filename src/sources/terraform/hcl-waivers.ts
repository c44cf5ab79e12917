import { positionIn, type SourceText } from '../../iac/source-text.ts';
import { waiverComments, waiverMark, type Lines } from '../../iac/waiver-comments.ts';
import type { WrittenWaiver } from '../../model/waiver.ts';
import type { HclBody, HclFile, Span } from './hcl/index.ts';

/** The waivers in the comments of a file in the native syntax. Above or on the header of a block they are about the whole block. */
export function waiversInHcl(source: SourceText, { body, comments }: HclFile): readonly WrittenWaiver[] {
  if (!source.text.includes(waiverMark)) return [];
  const linesOf = ({ start, end }: Span): Lines => ({ startLine: positionIn(source, start).line, endLine: positionIn(source, end).line });
  const find = ({ blocks, attributes }: HclBody, line: number): Lines | undefined => {
    for (const { span } of [...blocks, ...attributes]) {
      const lines = linesOf(span);
      if (lines.startLine === line) return lines;
    }
    const around = blocks.find(({ span }) => linesOf(span).startLine < line && linesOf(span).endLine >= line);
    return around && find(around.body, line);
  };
  return waiverComments(
    source,
    comments.map(({ span }) => span),
    (line) => find(body, line) ?? { startLine: line, endLine: line },
  );
}
