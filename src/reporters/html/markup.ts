import { safeText } from '../safe-text.ts';

const trusted = Symbol('markup');

/** Text that is HTML already. Nothing that was read from a file can be one: the key is a symbol. */
export interface Markup {
  readonly [trusted]: string;
}

type Piece = string | number | Markup | readonly Piece[] | undefined | false;

/** Builds HTML. What is put in is escaped, with hidden characters made visible, unless it is Markup; undefined and false are nothing, and so is indentation. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return trust(parts.map((part, index) => part.replace(/\n\s+/g, '\n') + (index < pieces.length ? render(pieces[index]) : '')).join(''));
}

/** For text of our own that must not be escaped: the script, the style, embedded data. */
export function trust(text: string): Markup {
  return { [trusted]: text };
}

export function textOf(markup: Markup): string {
  return markup[trusted];
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function render(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'string') return escapeHtml(safeText(piece));
  if (typeof piece === 'number') return String(piece);
  return isList(piece) ? piece.map(render).join('') : piece[trusted];
}

function isList(piece: Markup | readonly Piece[]): piece is readonly Piece[] {
  return Array.isArray(piece);
}
