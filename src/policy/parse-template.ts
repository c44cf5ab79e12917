import type { Template } from '../model/expression.ts';
import type { ExpressionParser } from '../expressions/parse-expression.ts';
import { textKind } from '../expressions/expression-type.ts';
import type { Problem } from '../expressions/lower.ts';

/** A text with `{{ CEL }}` in it, parsed and checked. Offsets of problems count from the start of the text. */
export function parseTemplate(
  text: string,
  parser: ExpressionParser,
): { readonly template: Template; readonly problems: readonly Problem[] } {
  const template: Template[number][] = [];
  const problems: Problem[] = [];
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf('{{', position);
    if (open < 0) break;
    const close = text.indexOf('}}', open + 2);
    const next = text.indexOf('{{', open + 2);
    if (close < 0 || (next >= 0 && next < close)) {
      problems.push({ message: 'this {{ is not closed', start: open, end: open + 2 });
      break;
    }
    if (open > position) template.push(text.slice(position, open));
    const inner = text.slice(open + 2, close);
    const parsed = parser.parse(inner);
    if ('problem' in parsed) {
      problems.push({ ...parsed.problem, start: parsed.problem.start + open + 2, end: parsed.problem.end + open + 2 });
    } else if (parsed.type.kind === 'object' || parsed.type.kind === 'map') {
      problems.push({ message: 'an object cannot be shown in a message; name one of its fields', start: open + 2, end: close });
    } else {
      template.push({ expression: parsed.expression, kind: textKind(parsed.type) });
    }
    position = close + 2;
  }
  if (position < text.length) template.push(text.slice(position));
  return { template, problems };
}
