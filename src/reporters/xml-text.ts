import { safeText } from './safe-text.ts';

/** Text for an element or an attribute of XML 1.0. What XML cannot hold at all, such as controls, is a visible escape by then. */
export function xmlText(text: string): string {
  return safeText(text).replace(special, (character) => entities[character] ?? '\ufffd');
}

/** U+FFFE and U+FFFF are no characters of XML ("Char", XML 1.0 section 2.2), as entities neither. */
const special = /[&<>"'\ufffe\uffff]/g;

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
