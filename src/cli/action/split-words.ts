import { UserError } from '../../model/errors.ts';

/**
 * The words of a text as a shell would split them: blanks and newlines between words, quotes around what holds them, a backslash before one
 * character. Nothing is run, expanded or looked up: `$X`, `*` and `;` are what they are. Throws UserError for a quote that is not closed.
 */
export function splitWords(text: string, input: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else if (quote === '"' && character === '\\' && (next === '"' || next === '\\')) word = `${word ?? ''}${text.charAt((at += 1))}`;
      else word = `${word ?? ''}${character}`;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '\\' && next !== '') {
      word = `${word ?? ''}${text.charAt((at += 1))}`;
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  if (quote !== undefined) throw new UserError('usage', `the input ${input} has a quote that is not closed`);
  return word === undefined ? words : [...words, word];
}
