import { element } from './dom.ts';

/** Puts text onto the clipboard. Resolves to false where the browser does not let a page do that. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/** Works in a frame and in a file, where there may be no clipboard. */
function copyOldWay(text: string): boolean {
  const area = element('textarea', { class: 'hidden', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  try {
    // Deprecated, and all there is where navigator.clipboard is refused.
    return document.execCommand('copy');
  } finally {
    area.remove();
  }
}
