import type { ReportOptions } from './reporter.ts';

export type TextStyle = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'magenta' | 'green';

/** Escape codes of ECMA-48 (SGR). Written here, as util.styleText looks at process.stdout and the environment. */
const codes: { readonly [style in TextStyle]: readonly [on: number, off: number] } = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/** How finished pieces of text are dressed; widths are counted before. */
export interface TextPen {
  readonly paint: (style: TextStyle, text: string) => string;
  /** An OSC 8 hyperlink, or the text alone. */
  readonly link: (text: string, url: string | undefined) => string;
}

export function textPen({ color, links }: Pick<ReportOptions, 'color' | 'links'>): TextPen {
  return {
    paint: (style, text) => (color && text !== '' ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text),
    link: (text, url) =>
      links && url !== undefined && /^https:\/\/[\x21-\x7e]+$/.test(url) ? `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\` : text,
  };
}
