import { isObject, listOf, own, type JsonObject } from './json.ts';

/** A line of the user's code that an assembly names: an absolute path, and numbers that count from 1. */
export interface CodeFrame {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The construct that a resource of a template comes from. */
export interface Construct {
  /** Such as `Vault/OrdersDb/Resource`. */
  readonly path: string;
  /** Where it, or the nearest construct around it, is made; undefined when the assembly has no trace. */
  readonly frame: CodeFrame | undefined;
}

/** Metadata of an assembly by construct path, each a list of entries with a type. */
export type Metadata = JsonObject;

/**
 * The constructs by logical id. Traces are there when the library records them, which older ones do with CDK_DEBUG=1 alone.
 */
export function constructsOf(metadata: Metadata, template: unknown): ReadonlyMap<string, Construct> {
  const frames = new Map<string, CodeFrame>();
  const ids = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata)) {
    for (const entry of listOf(entries)) {
      const id = own(entry, 'type') === 'aws:cdk:logicalId' ? own(entry, 'data') : undefined;
      if (typeof id === 'string' && !ids.has(id)) ids.set(id, path);
      const frame = frames.has(path) ? undefined : frameOf(entry);
      if (frame !== undefined) frames.set(path, frame);
    }
  }
  // The command line tool writes the path into the resource itself.
  const resources = own(template, 'Resources');
  for (const [id, resource] of Object.entries(isObject(resources) ? resources : {})) {
    const path = own(own(resource, 'Metadata'), 'aws:cdk:path');
    if (typeof path === 'string' && !ids.has(id)) ids.set(id, `/${path}`);
  }
  return new Map([...ids].map(([id, path]) => [id, { path: path.replace(/^\//, ''), frame: nearestFrame(path, frames) }]));
}

function nearestFrame(path: string, frames: ReadonlyMap<string, CodeFrame>): CodeFrame | undefined {
  for (let at = path; at.length > 1; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const frame = frames.get(at);
    if (frame !== undefined) return frame;
  }
  return undefined;
}

function frameOf(entry: unknown): CodeFrame | undefined {
  const stack = own(entry, 'type') === 'aws:cdk:creationStack' ? own(entry, 'data') : own(entry, 'trace');
  for (const line of listOf(stack)) {
    const frame = typeof line === 'string' ? parseFrame(line) : undefined;
    if (frame !== undefined) return frame;
  }
  return undefined;
}

const position = /:(\d{1,7})(?::(\d{1,7}))?(?: \(:\))?\)?$/;

/**
 * A line of a trace, if it is one of the user's: `new Vault (file:///app/main.mjs:6:17)`, `/app/main.ts:8:2`, or cut short
 * `file:///app/main.mjs:14 (:)`.
 */
export function parseFrame(line: string): CodeFrame | undefined {
  if (line.length > 2000 || line.includes('node_modules') || line.includes('node:')) return undefined;
  const found = position.exec(line);
  if (found === null) return undefined;
  const before = line.slice(0, found.index);
  const start = before.search(/(?:^|\(|\s)(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])/);
  if (start === -1) return undefined;
  const written = before.slice(start).replace(/^[\s(]/, '');
  const path = written.startsWith('file://') ? pathOfUrl(written) : written;
  return path === undefined ? undefined : { path, line: Number(found[1]), column: Number(found[2] ?? 1) };
}

function pathOfUrl(url: string): string | undefined {
  try {
    const { pathname } = new URL(url);
    return decodeURIComponent(pathname).replace(/^\/([A-Za-z]:\/)/, '$1');
  } catch {
    return undefined;
  }
}
