/** What JSON.stringify leaves as it is, though a terminal or a pager acts on it: DEL, C1 controls, bidirectional controls, line separators. */
const risky = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Read as a command anywhere in a line by Azure Pipelines (`##vso[`), GitHub's runner (`##[`) and TeamCity. */
const embeddedCommand = /#(?=#[a-z]*\[)/gi;

/** JSON with an indent of two and a newline at the end; the same value, but nothing in it can steer a terminal or a CI system. */
export function toJsonText(value: unknown): string {
  return `${harmless(JSON.stringify(value, null, 2))}\n`;
}

/** The same on one line, without the newline. */
export function toJsonLine(value: unknown): string {
  return harmless(JSON.stringify(value));
}

function harmless(json: string): string {
  return json.replace(risky, escapeUnit).replace(embeddedCommand, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
