import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Alias,
  type Node,
  type ScalarTag,
  type CollectionTag,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { explainYaml, type YamlComplaint } from '../../resources/yaml-complaint.ts';
import { setOwn } from './json.ts';
import { tooDeepAt } from './json-template.ts';
import { deepest, firstLine, mostNodes, problemAt, type ParsedText, type Span } from './template-text.ts';

/** The short forms of the intrinsic functions. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const shortForms =
  'And Base64 Cidr Condition Contains EachMemberEquals EachMemberIn Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Ref RefAll Select Split Sub ToJsonString Transform ValueOf ValueOfAll'.split(
    ' ',
  );

const longForms: ReadonlyMap<string, string> = new Map(
  shortForms.map((name) => [`!${name}`, name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]),
);

/** Tags that leave the node as it is; without them the parser would take `!Ref x` for the text x, with a warning only. */
const customTags = shortForms.flatMap((name): readonly (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (text: string) => text },
  { tag: `!${name}`, collection: 'map' },
  { tag: `!${name}`, collection: 'seq' },
]);

interface Converted {
  readonly value: unknown;
  /** Parts, each alias counted as what it stands for. */
  readonly size: number;
  readonly depth: number;
}

/**
 * A template in YAML. Aliases and merge keys are followed, and counted, so that neither a bomb nor a ring of them does harm. Numbers that
 * would read differently when written again, such as account ids that begin with a zero, stay texts.
 * Throws UserError `input-invalid` with the place of a mistake, without quoting the text.
 */
export function parseYamlTemplate(text: string, file: string): ParsedText {
  const fail = (offset: number, message: string, hint?: string): never => {
    throw problemAt(text, offset, file, message, hint);
  };
  const document = parse(text) ?? fail(yamlTooDeepAt(text), 'it nests too deeply');
  const [problem] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (problem !== undefined) fail(problem.pos[0], ...explain(problem));
  const targets = new Map<Alias, Node>();
  const root = document.contents;
  const { value } = root === null ? { value: undefined } : convert(root, targets, fail);
  return { value, span: (path) => firstLine(text, withProperties(text, spanIn(root, targets, path))) };
}

function parse(text: string): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(text, {
      customTags,
      schema: 'core',
      version: '1.2',
      // Compares each key with all before it, which takes minutes for a long map; `convert` looks for them.
      uniqueKeys: false,
      prettyErrors: false,
      keepSourceTokens: false,
      logLevel: 'error',
    });
  } catch (error) {
    // The parser descends by recursion.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Where brackets, or dashes of lists on one line, nest more deeply than we read; else the deepest indentation. */
function yamlTooDeepAt(text: string): number {
  const dashes = /(?:- ){60}/.exec(text)?.index;
  return dashes ?? tooDeepAt(text);
}

function explain(complaint: YamlComplaint): readonly [string, string?] {
  switch (complaint.code) {
    case 'TAG_RESOLVE_FAILED':
      return ['this tag is none of CloudFormation', 'put a text that begins with ! in quotes'];
    case 'MULTIPLE_DOCS':
      return ['a second document begins here', 'write one template a file'];
    default:
      return explainYaml(complaint);
  }
}

function convert(root: Node, targets: Map<Alias, Node>, fail: (offset: number, message: string, hint?: string) => never): Converted {
  const anchors = new Map<string, Node>();
  const done = new Map<Node, Converted>();
  const at = (node: Node): number => node.range?.[0] ?? 0;

  const visit = (node: Node, level: number): Converted => {
    if (level > deepest) fail(at(node), 'it nests too deeply');
    if (isAlias(node)) return follow(node);
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor !== undefined) anchors.set(anchor, node);
    const plain = isMap(node) ? visitMap(node, level) : isSeq(node) ? visitList(node.items, level) : scalar(node);
    const made = withTag(node, plain);
    if (made.size > mostNodes) fail(at(node), 'it has too many parts, with all that its aliases stand for');
    if (made.depth > deepest) fail(at(node), 'it nests too deeply');
    if (anchor !== undefined) done.set(node, made);
    return made;
  };

  const follow = (alias: Alias): Converted => {
    const target = anchors.get(alias.source) ?? fail(at(alias), 'there is no anchor of this name before it');
    targets.set(alias, target);
    return done.get(target) ?? fail(at(alias), 'the alias stands inside of what it stands for');
  };

  const visitList = (items: readonly unknown[], level: number): Converted => {
    const value: unknown[] = [];
    let size = 1;
    let depth = 0;
    for (const item of items) {
      const made = visit(item as Node, level + 1);
      value.push(made.value);
      size += made.size;
      depth = Math.max(depth, made.depth);
    }
    return { value, size, depth: depth + 1 };
  };

  const visitMap = (map: YAMLMap, level: number): Converted => {
    const value = {};
    const merged: unknown[] = [];
    let size = 1;
    let depth = 0;
    const seen = new Set<string>();
    for (const pair of map.items) {
      const key = keyText(pair.key);
      if (key === undefined) return fail(at((pair.key as Node | null) ?? map), 'a key has to be a text');
      if (seen.has(key)) fail(at(pair.key as Node), 'this key is here for the second time');
      seen.add(key);
      const made = pair.value === null ? empty : visit(pair.value as Node, level + 1);
      size += made.size;
      depth = Math.max(depth, made.depth);
      if (isMergeKey(pair.key)) merged.push(...(Array.isArray(made.value) ? (made.value as unknown[]) : [made.value]));
      else setOwn(value, key, made.value);
    }
    for (const from of merged) {
      if (typeof from !== 'object' || from === null) continue;
      for (const [key, element] of Object.entries(from)) if (!Object.hasOwn(value, key)) setOwn(value, key, element);
    }
    return { value, size, depth: depth + 1 };
  };

  return visit(root, 0);
}

const empty: Converted = { value: null, size: 1, depth: 0 };

function scalar(node: Scalar): Converted {
  const { value, source } = node;
  // 012345678901 is an account id, and 1e400 or twenty digits are no number that we could write again.
  const kept = typeof value === 'number' && source !== undefined && String(value) !== source ? source : value;
  return { value: typeof kept === 'bigint' ? String(kept) : kept, size: 1, depth: 0 };
}

function withTag(node: Node, made: Converted): Converted {
  const name = longForms.get((node as { tag?: string }).tag ?? '');
  if (name === undefined) return made;
  return { value: { [name]: made.value }, size: made.size + 1, depth: made.depth + 1 };
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  if (typeof key.value === 'string') return key.value;
  return key.source ?? (key.value === null || key.value === undefined ? '' : undefined);
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

function spanIn(root: Node | null, targets: ReadonlyMap<Alias, Node>, path: readonly (string | number)[]): Span {
  let node = root;
  let best = spanOf(root);
  let tagRead = false;
  for (const step of path) {
    const here = follow(node, targets);
    const tag = longForms.get((here as { tag?: string } | null)?.tag ?? '');
    if (tag !== undefined && !tagRead) {
      // The node stands for `{ Fn::X: node }`.
      if (tag !== step) return best;
      tagRead = true;
      continue;
    }
    tagRead = false;
    if (isSeq(here)) {
      const item = typeof step === 'number' ? (here.items[step] as Node | undefined) : undefined;
      if (item === undefined) return best;
      node = item;
      best = spanOf(item);
    } else if (isMap(here)) {
      // One statement may stand without the list around it: its index 0 is itself.
      if (step === 0) continue;
      const pair = typeof step === 'string' ? findPair(here, targets, step, 0) : undefined;
      if (pair === undefined) return best;
      node = pair.value as Node | null;
      best = spanOfPair(pair.key as Node, node);
    } else {
      return best;
    }
  }
  return best;
}

function follow(node: Node | null, targets: ReadonlyMap<Alias, Node>): Node | null {
  return isAlias(node) ? (targets.get(node) ?? null) : node;
}

type Pair = YAMLMap['items'][number];

/** The pair of a key, in the map or in those that it merges in. */
function findPair(map: YAMLMap, targets: ReadonlyMap<Alias, Node>, key: string, depth: number): Pair | undefined {
  const mine = map.items.find((pair) => keyText(pair.key) === key);
  if (mine !== undefined || depth > deepest) return mine;
  for (const pair of map.items.filter((one) => isMergeKey(one.key))) {
    const from = follow(pair.value as Node | null, targets);
    for (const source of isSeq(from) ? from.items : [from]) {
      const merged = follow(source as Node | null, targets);
      const found = isMap(merged) ? findPair(merged, targets, key, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A value beside its key, else the key: a map or a list mostly begins on the next line. */
function spanOfPair(key: Node, value: Node | null): Span {
  const isBeside =
    isScalar(value) || isAlias(value) || ((isMap(value) || isSeq(value)) && value.flow === true && longForms.has(value.tag ?? ''));
  return isBeside && value.range && value.range[1] > value.range[0] ? spanOf(value) : spanOf(key);
}

/** With the tag before a value, such as `!Ref`, which the parser does not count to it. */
function withProperties(text: string, { start, end }: Span): Span {
  const before = /(?:[!&][^\s,[\]{}]*[ \t]+)+$/.exec(text.slice(Math.max(0, start - 200), start));
  return { start: start - (before?.[0].length ?? 0), end };
}

function spanOf(node: Node | null): Span {
  const [start = 0, end = start] = node?.range ?? [];
  return { start, end };
}
