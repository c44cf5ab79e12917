import type { PolicyDocument } from '../../../sources/aws/least-privilege-policy.ts';

/** A text as YAML takes it wherever a value stands, whatever is in it. JSON in ASCII is such a text. */
export function quoted(text: string): string {
  return asciiJson(text);
}

/** Text that Fn::Sub leaves as it is. */
export function literal(text: string): string {
  return text.replaceAll('${', '${!');
}

/**
 * A list of words as JSON for Fn::Sub, a line for each flag with its value; what is `${Name}` in a word is put in. Numbers, ARNs and names of
 * buckets need no quoting in JSON: the parameters of the template admit nothing else.
 */
export function jsonWords(groups: readonly (readonly string[])[]): readonly string[] {
  const lines = groups.map((words) => words.map(asciiJson).join(', '));
  return lines.map((line, index) => `${index === 0 ? '[' : ' '}${line}${index === lines.length - 1 ? ']' : ','}`);
}

/** The lines of a text, all of them further to the right but the first, which stands where the text is put in. */
export function indented(lines: readonly string[], spaces: number): string {
  return lines.join(`\n${' '.repeat(spaces)}`);
}

/** Statements of a policy as items of a list. */
export function statementLines({ Statement }: PolicyDocument): readonly string[] {
  return Statement.flatMap(({ Sid, Effect, Action, Resource }) => [
    `- Sid: ${Sid}`,
    `  Effect: ${Effect}`,
    `  Action: [${Action.join(', ')}]`,
    `  Resource: '${Resource}'`,
  ]);
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
