import { readJson } from './json-value.ts';
import type { HclAttribute, HclBlock, HclBody, HclComment, HclEntry, HclExpression, HclFile, Span } from './syntax.ts';

/** How many labels the blocks of Terraform have. What is not named here is an attribute. */
const labelCounts: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['action', 2],
  ['list', 2],
  ['provider', 1],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['check', 1],
  ['terraform', 0],
  ['locals', 0],
  ['moved', 0],
  ['import', 0],
  ['removed', 0],
]);

/** Where blocks of one type are gathered: `key` is the innermost name so far. */
interface Place {
  readonly type: string;
  readonly labels: readonly string[];
  readonly key: Span;
}

/**
 * Reads `*.tf.json`, the JSON form of Terraform's configuration. Blocks of the top level are blocks; what is nested in
 * them stays an attribute whose value is an object, or a list of objects, since JSON does not tell the two apart.
 * Strings are templates, though Terraform takes some as they are (`depends_on`, `ignore_changes`, `provider`, types of
 * variables). Invalid JSON is a problem; what stands before it is kept.
 */
export function parseHclJson(text: string): HclFile {
  const { value, problem } = readJson(text);
  const problems = problem ? [problem] : [];
  const comments: HclComment[] = [];
  const blocks: HclBlock[] = [];
  const attributes: HclAttribute[] = [];
  if (!problem && value.kind !== 'object' && value.kind !== 'list') {
    problems.push({ message: 'expected an object', at: value.span.start });
  }

  const addBlocks = (content: HclExpression, labelsLeft: number, place: Place): void => {
    if (content.kind === 'list') {
      // Only the first of them follows the name: what stands before the others is not theirs.
      for (const [index, element] of content.elements.entries()) {
        addBlocks(element, labelsLeft, index === 0 ? place : { ...place, key: { start: element.span.start, end: element.span.start } });
      }
    } else if (content.kind !== 'object') {
      const nothing = content.kind === 'opaque' || (content.kind === 'literal' && content.value === null);
      if (!nothing) problems.push({ message: `expected an object for ${place.type}`, at: content.span.start });
    } else if (labelsLeft === 0) {
      blocks.push(blockOf(content, place, comments));
    } else {
      for (const entry of namedEntries(content.entries, comments)) {
        addBlocks(entry.value, labelsLeft - 1, { type: place.type, labels: [...place.labels, entry.name], key: entry.nameSpan });
      }
    }
  };
  for (const root of value.kind === 'list' ? value.elements : [value]) {
    if (root.kind !== 'object') continue;
    for (const entry of namedEntries(root.entries, comments)) {
      const labelCount = labelCounts.get(entry.name);
      if (labelCount === undefined) attributes.push(entry);
      else addBlocks(entry.value, labelCount, { type: entry.name, labels: [], key: entry.nameSpan });
    }
  }
  return { body: { attributes, blocks, span: value.span }, comments, problems };
}

type ObjectExpression = Extract<HclExpression, { kind: 'object' }>;

function blockOf(content: ObjectExpression, { type, labels, key }: Place, comments: HclComment[]): HclBlock {
  const body: HclBody = { attributes: namedEntries(content.entries, comments), blocks: [], span: inside(content.span) };
  return {
    type,
    labels,
    body,
    header: { start: key.start, end: content.span.start + 1 },
    span: { start: key.start, end: content.span.end },
  };
}

function inside({ start, end }: Span): Span {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}

/** Entries with their names as attributes; the property `//` is a comment. */
function namedEntries(entries: readonly HclEntry[], comments: HclComment[]): HclAttribute[] {
  const named: HclAttribute[] = [];
  for (const { key, value, span } of entries) {
    const name = key.kind === 'literal' ? String(key.value) : '';
    if (name === '//') {
      if (value.kind === 'literal') comments.push({ text: String(value.value), span: value.span });
    } else named.push({ name, nameSpan: key.span, value, span });
  }
  return named;
}
