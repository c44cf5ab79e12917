import type { Message } from './message.ts';
import { sectionsOf, verdictLines } from './sections.ts';

/** A message as lines of text, for e-mail. Nothing in it is markup. */
export function plainText(message: Message): string {
  const { headline, run, link } = message;
  const sections = sectionsOf(message).flatMap(({ title, lines, more }) => [
    '',
    title,
    ...lines.map((line) => `- ${line.map(({ text }) => text).join('')}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]);
  return [headline, '', ...verdictLines(message), ...sections, ...(link === undefined ? [] : ['', link]), '', `run ${run.id}`, ''].join(
    '\n',
  );
}
