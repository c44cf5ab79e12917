import type { Line } from './arrange.ts';
import { element } from './dom.ts';
import { rowElement } from './row-element.ts';

/** Height of every line, as the style has it. */
const lineHeight = 54;
const beyond = 8;

export interface VirtualList {
  readonly show: (lines: readonly Line[], selected: string | undefined) => void;
  /** Scrolls so that the line is in sight, where it is not. */
  readonly reveal: (index: number) => void;
  /** Scrolls as little as makes the line visible, and puts the focus on it. */
  readonly focusLine: (index: number) => void;
}

/** Only the lines in sight, and a few more, are in the page: two spacers stand in for the others. */
export function createVirtualList(scroller: HTMLElement, table: HTMLTableElement): VirtualList {
  const body = table.tBodies[0] ?? table.createTBody();
  let lines: readonly Line[] = [];
  let selected: string | undefined;
  let drawn = '';
  let scheduled = false;
  const draw = (): void => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / lineHeight) - beyond);
    const last = Math.min(lines.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / lineHeight) + beyond);
    const key = `${first}-${last}-${scroller.clientWidth}`;
    if (key === drawn) return;
    drawn = key;
    const columns = [...(table.tHead?.rows[0]?.cells ?? [])].filter((cell) => cell.offsetWidth > 0).length;
    const focused = body.contains(document.activeElement) ? document.activeElement?.getAttribute('data-id') : undefined;
    const rows = lines.slice(first, last).map((line, offset) => rowElement(line, first + offset, columns, selected));
    body.replaceChildren(spacer(first), ...rows, spacer(lines.length - last));
    if (typeof focused === 'string') buttonOf(focused)?.focus({ preventScroll: true });
  };
  const buttonOf = (id: string): HTMLElement | undefined =>
    [...body.querySelectorAll<HTMLElement>('button.open')].find((button) => button.dataset['id'] === id);
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      draw();
    });
  };
  const reveal = (index: number): void => {
    const top = index * lineHeight;
    const head = table.tHead?.offsetHeight ?? 0;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + lineHeight + head > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = top + lineHeight + head - scroller.clientHeight;
    }
    draw();
  };
  scroller.addEventListener('scroll', schedule, { passive: true });
  new ResizeObserver(schedule).observe(scroller);
  return {
    show: (next, id) => {
      lines = next;
      selected = id;
      drawn = '';
      table.setAttribute('aria-rowcount', String(lines.length + 1));
      draw();
    },
    reveal,
    focusLine: (index) => {
      reveal(index);
      const line = lines[index];
      if (line?.kind === 'row') buttonOf(line.row.id)?.focus({ preventScroll: true });
    },
  };
}

function spacer(count: number): HTMLElement {
  const cell = element('td');
  cell.style.height = `${count * lineHeight}px`;
  return element('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
}
