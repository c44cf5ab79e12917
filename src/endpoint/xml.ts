const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text as it may stand in an element or attribute. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** `<name>…</name>` around text, which is escaped; nothing when there is no text. */
export function textElement(name: string, text: string | number | boolean | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** `<name>…</name>` around XML. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** A list as the query protocol has it: `<name><member>…</member></name>`, each member being XML. */
export function listElement(name: string, members: readonly string[]): string {
  return element(name, members.map((member) => element('member', member)).join(''));
}

/** A timestamp as the query protocol has it: ISO 8601, in UTC, whole seconds. */
export function isoDate(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
