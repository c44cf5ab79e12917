import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
/** The grammar as WebAssembly; the native build in the same package is not used. */
const grammar = require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm');

/**
 * A function that lists what another parser finds in a text, each with its span; undefined for what it refuses.
 * Operators and conditionals are not compared: the grammar groups `a ? b : c ? d : e` to the left, against the
 * specification. What stands around and inside them is.
 */
export async function treeSitter(): Promise<(text: string) => readonly string[] | undefined> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) throw new Error('tree-sitter gave no tree');
    const found = tree.rootNode.hasError ? undefined : [...items(tree.rootNode)];
    tree.delete();
    return found;
  };
}

function* items(node: Node): Generator<string> {
  const shown = describe(node);
  if (shown !== undefined) yield `${node.startIndex}-${node.endIndex} ${shown}`;
  for (const child of node.namedChildren) if (child) yield* items(child);
}

function describe(node: Node): string | undefined {
  const children = node.namedChildren.filter((child) => child !== null);
  switch (node.type) {
    case 'attribute':
      return `attribute ${children[0]?.text}`;
    case 'block': {
      const open = children.findIndex(({ type }) => type === 'block_start');
      return `block ${children
        .slice(0, open)
        .map(({ text }) => text.replaceAll('"', ''))
        .join(' ')}`;
    }
    case 'string_lit':
      return node.parent?.type === 'block' ? undefined : `string ${node.text}`;
    case 'object_elem':
      return 'entry';
    case 'tuple':
      return 'list';
    case 'object':
      return 'object';
    case 'for_expr':
      return 'for';
    case 'function_call':
      return 'call';
    case 'heredoc_template':
      return 'heredoc';
    default:
      return undefined;
  }
}
