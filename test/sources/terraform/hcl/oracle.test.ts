import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseHcl, type HclBody, type HclExpression, type Span } from '../../../../src/sources/terraform/hcl/index.ts';
import { children } from './children.ts';
import { randomHcl } from './random-hcl.ts';
import { treeSitter } from './tree-sitter.ts';

let theirs: (text: string) => readonly string[] | undefined;
beforeAll(async () => {
  theirs = await treeSitter();
});

/** What tree-sitter.ts lists, out of our own reading. */
function ours(text: string): readonly string[] {
  const found: string[] = [];
  const add = ({ start, end }: Span, what: string): void => void found.push(`${start}-${end} ${what}`);
  const addExpression = (expression: HclExpression): void => {
    const written = text.slice(expression.span.start, expression.span.end);
    switch (expression.kind) {
      case 'literal':
      case 'template':
        if (written.startsWith('<<')) add(expression.span, 'heredoc');
        else if (expression.kind === 'literal' && written.startsWith('"')) add(expression.span, `string ${written}`);
        break;
      case 'object':
        for (const { span } of expression.entries) add(span, 'entry');
        add(expression.span, 'object');
        break;
      case 'list':
      case 'call':
      case 'for':
        add(expression.span, expression.kind);
        break;
      default:
        break;
    }
    for (const child of children(expression)) addExpression(child);
  };
  const addBody = ({ attributes, blocks }: HclBody): void => {
    for (const { name, span, value } of attributes) {
      add(span, `attribute ${name}`);
      addExpression(value);
    }
    for (const { type, labels, span, body } of blocks) {
      add(span, `block ${[type, ...labels].join(' ')}`);
      addBody(body);
    }
  };
  addBody(parseHcl(text).body);
  return found;
}

const plans = new URL('../../../fixtures/plans/', import.meta.url);
const sources = readdirSync(plans, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tf'));

describe('tree-sitter reads the same', () => {
  it.each(sources)('in %s', (path) => {
    const text = readFileSync(new URL(path, plans), 'utf8');
    const expected = theirs(text);
    expect(expected?.length).toBeGreaterThan(0);
    expect([...ours(text)].sort()).toEqual([...(expected ?? [])].sort());
    expect(parseHcl(text).problems).toEqual([]);
  });

  it('in random HCL', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomHcl, (text) => {
        const expected = theirs(text);
        expect(parseHcl(text).problems).toEqual([]);
        if (!expected) return;
        compared += 1;
        expect([...ours(text)].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
