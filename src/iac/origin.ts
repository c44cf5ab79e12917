import type { SourceLocation } from '../model/location.ts';

/** Which block of the code an attribute comes from: `path` and all below it. */
export interface Origin {
  /** Attribute path, such as `rotation` or `statements[2]`; empty for the whole resource. */
  readonly path: string;
  /** Position of the rest of the path below `path`, as near as the code has it; undefined without the source files. */
  readonly locate: (rest: string) => SourceLocation | undefined;
}

/** The position of an attribute path by the longest origin that leads to it; asked only for what is reported. */
export function locateBy(origins: readonly Origin[]): (path: string) => SourceLocation | undefined {
  return (path) => {
    let best: Origin | undefined;
    for (const origin of origins) {
      if (leadsTo(origin.path, path) && (best === undefined || origin.path.length > best.path.length)) best = origin;
    }
    return best?.locate(path.slice(best.path.length).replace(/^\./, ''));
  };
}

function leadsTo(prefix: string, path: string): boolean {
  if (prefix === '') return true;
  return path.startsWith(prefix) && (path.length === prefix.length || /[.[]/.test(path[prefix.length] ?? ''));
}
