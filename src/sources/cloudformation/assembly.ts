import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { locationIn, openSource, type SourceText } from '../../iac/source-text.ts';
import { UserError } from '../../model/errors.ts';
import type { SourceLocation } from '../../model/location.ts';
import { constructsOf, type CodeFrame, type Construct, type Metadata } from './constructs.ts';
import { isObject, own, type JsonObject } from './json.ts';
import { parseFile } from './parse-template.ts';
import { decodeTemplate, largestTemplate } from './template-text.ts';

/** One stack of an assembly, or a stack nested in one. */
export interface AssemblyStack {
  /** Name of the stack, with the logical ids of those it is nested in before it. */
  readonly root: string;
  /** The template, as people know it. */
  readonly file: string;
  readonly text: string;
  readonly account?: string;
  readonly region?: string;
  readonly constructs: ReadonlyMap<string, Construct>;
  /** Logical ids of the nested stacks that are among the stacks. */
  readonly nested: ReadonlySet<string>;
}

const deepestAssembly = 20;
const mostStacks = 5000;
/** Metadata and trees may be larger than templates. */
const largestJson = 256 * 1024 * 1024;

const stackType = 'aws:cloudformation:stack';
const assemblyType = 'cdk:cloud-assembly';

/**
 * The stacks of what `cdk synth` wrote, those of nested assemblies too, in the order of the manifest. It is read by its shape, whatever
 * version it says. Throws UserError for what is no assembly, and for one that points outside of its folder.
 *
 * @param dir the folder
 * @param shown the folder as people know it
 */
export function openAssembly(dir: string, shown: string): readonly AssemblyStack[] {
  const stacks: AssemblyStack[] = [];
  const seen = new Set<string>();
  const top = resolveFolder(dir, shown);
  const visit = (folder: string, name: string, depth: number): void => {
    if (seen.has(folder) || depth > deepestAssembly || stacks.length > mostStacks) return;
    seen.add(folder);
    const manifest = readJson(join(folder, 'manifest.json'), `${name}/manifest.json`);
    const artifacts = own(manifest, 'artifacts');
    if (!isObject(artifacts)) {
      throw new UserError('input-invalid', `${name}/manifest.json has no artifacts`, {
        hint: 'name a folder that cdk synth made, such as cdk.out',
      });
    }
    for (const [id, artifact] of Object.entries(artifacts)) {
      const type = own(artifact, 'type');
      const properties = own(artifact, 'properties');
      if (type === assemblyType) {
        const directory = inside(top, folder, own(properties, 'directoryName'), name);
        visit(directory.path, directory.shown, depth + 1);
      } else if (type === stackType) stacks.push(...readStack(top, folder, name, id, artifact));
    }
  };
  visit(top, shown.replace(/\/+$/, ''), 0);
  return withDistinctRoots(stacks);
}

/** Whether a folder is what `cdk synth` writes. */
export function looksLikeAssembly(dir: string): boolean {
  return existsSync(join(dir, 'manifest.json')) && (existsSync(join(dir, 'cdk.out')) || existsSync(join(dir, 'tree.json')));
}

function readStack(top: string, folder: string, name: string, id: string, artifact: unknown): readonly AssemblyStack[] {
  const properties = own(artifact, 'properties');
  const template = inside(top, folder, own(properties, 'templateFile'), name);
  const stackName = own(properties, 'stackName');
  const root = typeof stackName === 'string' && stackName !== '' ? stackName : id;
  const metadata = readMetadata(top, folder, name, artifact);
  const place = placeOf(own(artifact, 'environment'));
  const assets = assetFiles(top, folder, name, id);
  const found: AssemblyStack[] = [];
  const add = (file: PlacedFile, at: string, depth: number): void => {
    const text = readText(file.path, file.shown);
    const value = parse(text, file.shown);
    const nested = new Map<string, PlacedFile>();
    if (depth < deepestAssembly && found.length < mostStacks) {
      for (const [logicalId, path] of nestedTemplates(value, assets)) {
        const inner = inside(top, folder, path, name);
        if (existsSync(inner.path)) nested.set(logicalId, inner);
      }
    }
    found.push({ root: at, file: file.shown, text, ...place, constructs: constructsOf(metadata, value), nested: new Set(nested.keys()) });
    for (const [logicalId, inner] of nested) add(inner, `${at}/${logicalId}`, depth + 1);
  };
  add(template, root, 0);
  return found;
}

/** Logical ids of nested stacks, with the files of their templates: as the tool notes it, else by the hash in the URL. */
function nestedTemplates(template: unknown, assets: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const resources = own(template, 'Resources');
  return Object.entries(isObject(resources) ? resources : {}).flatMap(([id, resource]): readonly (readonly [string, string])[] => {
    if (own(resource, 'Type') !== 'AWS::CloudFormation::Stack') return [];
    const noted = own(own(resource, 'Metadata'), 'aws:asset:path');
    if (typeof noted === 'string') return [[id, noted]];
    const hash = /\/([0-9a-f]{64})\.json/.exec(JSON.stringify(own(own(resource, 'Properties'), 'TemplateURL')) ?? '')?.[1];
    const file = hash === undefined ? undefined : assets.get(hash);
    return file === undefined ? [] : [[id, file]];
  });
}

/** Templates among the assets of a stack, by their hash. */
function assetFiles(top: string, folder: string, name: string, id: string): ReadonlyMap<string, string> {
  const file = inside(top, folder, `${id}.assets.json`, name);
  if (!existsSync(file.path)) return new Map();
  const files = own(readJson(file.path, file.shown), 'files');
  return new Map(
    Object.entries(isObject(files) ? files : {}).flatMap(([hash, asset]): readonly (readonly [string, string])[] => {
      const path = own(own(asset, 'source'), 'path');
      return typeof path === 'string' && path.endsWith('.template.json') ? [[hash, path]] : [];
    }),
  );
}

/** Newer libraries write the metadata of a stack into a file of its own. */
function readMetadata(top: string, folder: string, name: string, artifact: unknown): Metadata {
  const within = own(artifact, 'metadata');
  const made: JsonObject = isObject(within) ? within : {};
  const file = own(artifact, 'additionalMetadataFile') ?? own(own(artifact, 'properties'), 'additionalMetadataFile');
  if (typeof file !== 'string') return made;
  const place = inside(top, folder, file, name);
  const more = existsSync(place.path) ? readJson(place.path, place.shown) : undefined;
  return isObject(more) ? { ...more, ...made } : made;
}

/** `aws://123456789012/eu-west-1`; either part may be unknown. */
function placeOf(environment: unknown): { readonly account?: string; readonly region?: string } {
  const [, account = '', region = ''] = /^aws:\/\/([^/]*)\/(.*)$/.exec(typeof environment === 'string' ? environment : '') ?? [];
  return { ...(/^\d{12}$/.test(account) ? { account } : {}), ...(/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region) ? { region } : {}) };
}

/** Stacks of one name in several accounts and regions are told apart by those. */
function withDistinctRoots(stacks: readonly AssemblyStack[]): readonly AssemblyStack[] {
  const counts = new Map<string, number>();
  for (const { root } of stacks) counts.set(root, (counts.get(root) ?? 0) + 1);
  return stacks.map((stack) => {
    if (counts.get(stack.root) === 1) return stack;
    return { ...stack, root: `${stack.root}@${stack.account ?? 'unknown-account'}/${stack.region ?? 'unknown-region'}` };
  });
}

function resolveFolder(dir: string, shown: string): string {
  try {
    if (statSync(dir).isDirectory()) return realpathSync(dir);
  } catch (error) {
    throw new UserError('file-not-found', `there is no ${shown}`, { cause: error });
  }
  throw new UserError('input-unsupported', `${shown} is no folder`, { hint: 'name a folder that cdk synth made, such as cdk.out' });
}

interface PlacedFile {
  readonly path: string;
  /** As people know it. */
  readonly shown: string;
}

/** A file that the assembly names, which has to be in it. */
function inside(top: string, folder: string, file: unknown, name: string): PlacedFile {
  const path = typeof file === 'string' && !isAbsolute(file) && !file.includes('\0') ? resolve(folder, file) : undefined;
  if (path === undefined || !(path === top || path.startsWith(top + sep))) {
    throw new UserError('input-invalid', `${name}/manifest.json names a file that is not in the folder`, { hint: 'run cdk synth again' });
  }
  return { path, shown: `${name}/${relative(folder, path).split(sep).join('/')}` };
}

function readText(path: string, shown: string): string {
  try {
    if (statSync(path).size > 4 * largestTemplate) throw new UserError('input-invalid', `${shown} is larger than CloudFormation takes`);
    return decodeTemplate(readFileSync(path));
  } catch (error) {
    throw unreadable(error, shown);
  }
}

function readJson(path: string, shown: string): unknown {
  try {
    if (statSync(path).size > largestJson) throw new UserError('input-invalid', `${shown} is larger than 256 MiB`);
    return JSON.parse(decodeTemplate(readFileSync(path))) as unknown;
  } catch (error) {
    // The message of the parser quotes the text.
    if (error instanceof SyntaxError) throw new UserError('input-invalid', `${shown} is not JSON`, { hint: 'run cdk synth again' });
    throw unreadable(error, shown);
  }
}

function unreadable(error: unknown, shown: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof UserError || code === undefined) return error;
  if (code === 'ENOENT') return new UserError('file-not-found', `there is no ${shown}`, { hint: 'run cdk synth again', cause: error });
  return new UserError('file-unreadable', `cannot read ${shown}: ${code}`, { cause: error });
}

/** Mistakes are told where the template is read. */
function parse(text: string, shown: string): unknown {
  try {
    return parseFile(text, shown).value;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Positions in the user's own code. Files are read when a finding asks. */
export function createCodeLocator(cwd: string): (construct: Construct) => SourceLocation | undefined {
  const sources = new Map<string, SourceText | undefined>();
  return ({ path: address, frame }) => {
    const file = frame === undefined ? undefined : relativeTo(cwd, frame.path);
    if (frame === undefined || file === undefined) return undefined;
    if (!sources.has(file)) sources.set(file, openCode(join(cwd, file), file));
    const source = sources.get(file);
    return source === undefined ? bareLocation(file, frame, address) : locationOfLine(source, frame, address);
  };
}

/** Undefined for what is outside: other people's code, or that of another machine. */
function relativeTo(cwd: string, path: string): string | undefined {
  const file = relative(cwd, path).split(sep).join('/');
  return file === '' || file.startsWith('../') || file === '..' || isAbsolute(file) ? undefined : file;
}

function openCode(path: string, file: string): SourceText | undefined {
  try {
    return statSync(path).size > 4 * largestTemplate ? undefined : openSource(file, readFileSync(path, 'utf8'));
  } catch {
    // Not there any more, or on another machine: the line is known all the same.
    return undefined;
  }
}

function bareLocation(file: string, { line, column }: CodeFrame, address: string): SourceLocation {
  return { file, startLine: line, startColumn: column, endLine: line, endColumn: column, address };
}

/** From the column of the frame to the end of its line. */
function locationOfLine(source: SourceText, frame: CodeFrame, address: string): SourceLocation {
  const lines = source.text.split('\n');
  const line = lines[frame.line - 1];
  if (line === undefined) return bareLocation(source.file, frame, address);
  const start = lines.slice(0, frame.line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const length = line.replace(/\r$/, '').length;
  return locationIn(source, start + Math.min(frame.column - 1, length), start + length, address);
}
