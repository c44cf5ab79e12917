import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { openSource, type SourceText } from '../../iac/source-text.ts';
import type { WrittenWaiver } from '../../model/waiver.ts';
import { isObject, listOf, own, textOf } from './json.ts';
import { waiversInHcl } from './hcl-waivers.ts';
import type { ConfigModule } from './module-tree.ts';
import { parseHcl, parseHclJson, type HclAttribute, type HclBlock, type HclFile } from './hcl/index.ts';

/** A block of a .tf file. */
export interface FoundBlock {
  readonly source: SourceText;
  readonly block: HclBlock;
}

export interface FoundAttribute {
  readonly source: SourceText;
  readonly attribute: HclAttribute;
}

/** The files of one module folder. */
export interface ModuleFiles {
  /** By kind (`resource`, `data`, `module`, `output`, `variable`) and labels. */
  readonly find: (kind: string, ...labels: readonly string[]) => FoundBlock | undefined;
  readonly local: (name: string) => FoundAttribute | undefined;
  /** In the comments of its files. */
  readonly waivers: readonly WrittenWaiver[];
}

/** The files of a configuration, module by module; read when they are asked for. */
export interface SourceTree {
  /** Files of a module whose folder belongs to the configuration; undefined for downloaded modules and missing folders. */
  readonly own: (module: ConfigModule) => ModuleFiles | undefined;
  /** The same, of downloaded modules too: good to evaluate, not to point at. */
  readonly any: (module: ConfigModule) => ModuleFiles | undefined;
}

/** A larger file is nothing that people write. */
const largestFile = 8 * 1024 * 1024;
const mostFiles = 5000;

/**
 * Opens the folder that the plan was made in.
 *
 * @param dir as it is shown to people, relative to the working directory
 */
export function openSourceTree(dir: string): SourceTree {
  const installed = readInstalled(dir);
  const folders = new Map<string, ModuleFiles | undefined>();
  const filesIn = (folder: string): ModuleFiles | undefined => {
    if (!folders.has(folder)) folders.set(folder, readFolder(folder));
    return folders.get(folder);
  };
  const memo = new Map<ConfigModule, Folder | undefined>();
  const folderOf = (module: ConfigModule): Folder | undefined => {
    if (!memo.has(module)) memo.set(module, findFolder(module, dir, installed, folderOf));
    return memo.get(module);
  };
  const any = (module: ConfigModule): ModuleFiles | undefined => {
    const folder = folderOf(module);
    return folder && filesIn(folder.path);
  };
  return { any, own: (module) => (folderOf(module)?.downloaded === false ? any(module) : undefined) };
}

interface Folder {
  readonly path: string;
  readonly downloaded: boolean;
}

function findFolder(
  module: ConfigModule,
  dir: string,
  installed: ReadonlyMap<string, string>,
  folderOf: (module: ConfigModule) => Folder | undefined,
): Folder | undefined {
  if (module.parent === undefined) return { path: dir, downloaded: false };
  const source = textOf(own(module.call, 'source'));
  const listed = installed.get(module.path);
  const local = source !== undefined && /^\.{1,2}\//.test(source);
  const parent = folderOf(module.parent);
  if (listed !== undefined) return { path: join(dir, listed), downloaded: !local || parent?.downloaded !== false };
  return local && parent ? { path: join(parent.path, source), downloaded: parent.downloaded } : undefined;
}

/** Folders by module path, as `terraform init` noted them. */
function readInstalled(dir: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const text = readText(join(dir, '.terraform/modules/modules.json'));
  if (text === undefined) return found;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return found;
  }
  for (const entry of listOf(own(json, 'Modules'))) {
    const [key, folder] = [textOf(own(entry, 'Key')), textOf(own(entry, 'Dir'))];
    if (isObject(entry) && key !== undefined && folder !== undefined && !isAbsolute(folder)) found.set(key, normalize(folder));
  }
  return found;
}

function readFolder(folder: string): ModuleFiles | undefined {
  let names: readonly string[];
  try {
    names = readdirSync(folder)
      .filter((name) => /\.tf(\.json)?$|\.tofu(\.json)?$/.test(name))
      .sort()
      .slice(0, mostFiles);
  } catch {
    return undefined;
  }
  if (names.length === 0) return undefined;
  const blocks = new Map<string, FoundBlock>();
  const locals = new Map<string, FoundAttribute>();
  const waivers: WrittenWaiver[] = [];
  // Override files come last and win; they are merged into the block by argument, of which we only see theirs.
  for (const name of [...names.filter((one) => !isOverride(one)), ...names.filter(isOverride)]) {
    const text = readText(join(folder, name));
    if (text === undefined) continue;
    const file: HclFile = name.endsWith('.json') ? parseHclJson(text) : parseHcl(text);
    const source = openSource(join(folder, name).replaceAll('\\', '/'), text);
    if (!name.endsWith('.json')) waivers.push(...waiversInHcl(source, file));
    for (const block of file.body.blocks) {
      const key = JSON.stringify([block.type, ...block.labels]);
      if (block.type === 'locals') for (const attribute of block.body.attributes) locals.set(attribute.name, { source, attribute });
      else if (!blocks.has(key)) blocks.set(key, { source, block });
    }
  }
  return { find: (kind, ...labels) => blocks.get(JSON.stringify([kind, ...labels])), local: (name) => locals.get(name), waivers };
}

/** The waivers beside the code of a configuration, in the folders that people can edit; each folder once, however many modules are of it. */
export function waiversIn(tree: SourceTree, root: ConfigModule): readonly WrittenWaiver[] {
  const folders = new Set<ModuleFiles>();
  const visit = (module: ConfigModule): void => {
    const files = tree.own(module);
    if (files) folders.add(files);
    for (const child of module.children.values()) visit(child);
  };
  visit(root);
  return [...folders].flatMap(({ waivers }) => waivers);
}

function isOverride(name: string): boolean {
  return /(^|_)override\.(tf|tofu)(\.json)?$/.test(name);
}

function readText(path: string): string | undefined {
  try {
    return statSync(path).size > largestFile ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
