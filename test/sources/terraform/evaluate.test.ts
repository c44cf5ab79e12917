import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/model/unknown.ts';
import { evaluate, stepBudget, type Run, type Scope } from '../../../src/sources/terraform/evaluate.ts';
import { parseHcl } from '../../../src/sources/terraform/hcl/index.ts';
import { JsonEncoded } from '../../../src/sources/terraform/json-encoded.ts';
import { indexPlan } from '../../../src/sources/terraform/plan-index.ts';
import { openPlan } from '../../../src/sources/terraform/plan.ts';

const plan = {
  format_version: '1.2',
  variables: { env: { value: 'prod' }, map: { value: { a: 1, b: 'two' } }, nothing: { value: null } },
  resource_changes: [
    change('aws_kms_key', 'k', undefined, { description: 'd' }, { arn: true }),
    change('aws_x', 'many', 0, { name: 'zero' }, {}),
    change('aws_x', 'many', 1, { name: 'one' }, {}),
    change('aws_x', 'keyed', 'a.b', { name: 'ab' }, {}),
  ],
  configuration: { root_module: {} },
};

function change(type: string, name: string, index: number | string | undefined, after: object, unknown: object): object {
  const key = index === undefined ? '' : `[${JSON.stringify(index)}]`;
  return {
    address: `${type}.${name}${key}`,
    mode: 'managed',
    type,
    name,
    ...(index === undefined ? {} : { index }),
    change: { actions: ['create'], after, after_unknown: unknown },
  };
}

const index = indexPlan(openPlan(plan, 'plan.json'));
const locals = parseHcl('locals {\n  one = 1\n  list = ["a", "b"]\n  loop = local.loop\n  ping = local.pong\n  pong = local.ping\n}\n').body
  .blocks[0];

function valueOf(text: string): unknown {
  const attribute = parseHcl(`x = ${text}\n`).body.attributes[0];
  if (!attribute) throw new Error('no attribute');
  const place = { partition: 'aws', account: '123456789012', region: 'eu-west-1' };
  const run: Run = {
    reader: { index, placeOf: () => place },
    tree: { own: () => undefined, any: () => undefined },
    steps: stepBudget,
    depth: 0,
  };
  const source = { file: 'x.tf', text: '' } as never;
  const files: Scope['files'] = {
    find: () => undefined,
    waivers: [],
    local: (name) => {
      const found = locals?.body.attributes.find((one) => one.name === name);
      return found && { source, attribute: found };
    },
  };
  const root = { address: '', parent: undefined, key: undefined, config: index.root };
  return evaluate(attribute.value, { module: root, files, key: 1, forEach: undefined, bound: new Map() }, run);
}

/** As JSON shows it; `?` for Unknown. */
function shown(value: unknown): unknown {
  if (value instanceof Unknown) return '?';
  if (value instanceof JsonEncoded) return { json: shown(value.value) };
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, shown(element)]));
}

describe('expressions', () => {
  it.each<readonly [string, unknown]>([
    ['"a${var.env}b"', 'aprodb'],
    ['"${var.map}"', { a: 1, b: 'two' }],
    ['var.map.b', 'two'],
    ['var.map["a"]', 1],
    ['var.missing', '?'],
    ['local.list[1]', 'b'],
    ['local.loop', '?'],
    ['local.ping', '?'],
    ['1 + 2 * 3', 7],
    ['10 % 4', 2],
    ['1 / 0', '?'],
    ['-local.one', -1],
    ['!true', false],
    ['var.env == "prod" ? "yes" : "no"', 'yes'],
    ['var.nothing == null', true],
    ['aws_kms_key.k.arn == "x" ? 1 : 2', '?'],
    ['false && aws_kms_key.k.arn == "x"', false],
    ['aws_kms_key.k.arn == "x" || true', true],
    ['aws_kms_key.k.description', 'd'],
    ['aws_x.many[1].name', 'one'],
    ['aws_x.many[count.index].name', 'one'],
    ['aws_x.many[*].name', ['zero', 'one']],
    ['aws_x.keyed["a.b"].name', 'ab'],
    ['aws_x.nowhere.name', '?'],
    ['[for x in local.list : upper(x)]', ['A', 'B']],
    ['{ for i, x in local.list : x => i if x != "a" }', { b: 1 }],
    ['[for x in var.missing : x]', '?'],
    ['jsonencode({ a = [var.env] })', { json: { a: ['prod'] } }],
    ['merge(var.map, { c = 3 })', { a: 1, b: 'two', c: 3 }],
    ['concat(local.list, ["c"])', ['a', 'b', 'c']],
    ['flatten([["a"], local.list])', ['a', 'a', 'b']],
    ['join("-", local.list)', 'a-b'],
    ['format("%s/%d", var.env, 3)', 'prod/3'],
    ['format("%q", var.env)', '?'],
    ['lookup(var.map, "z", "fallback")', 'fallback'],
    ['coalesce("", "x")', 'x'],
    ['coalesce(var.missing, "x")', '?'],
    ['replace("a.b", ".", "-")', 'a-b'],
    ['replace("a.b", "/./", "-")', '?'],
    ['timestamp()', '?'],
    ['try(var.missing, 1)', '?'],
    ['concat([local.list]...)', ['a', 'b']],
  ])('%s', (text, expected) => {
    expect(shown(valueOf(text))).toEqual(expected);
  });

  it('write an ARN that only apply knows as one of its own, and never as a wildcard', () => {
    expect(valueOf('"${aws_kms_key.k.arn}/*"')).toBe('arn:aws:kms:eu-west-1:123456789012:key/${aws_kms_key.k}/*');
  });
});

describe('hostile expressions', () => {
  it.each([
    [
      'a text that grows with every function',
      `${'replace('.repeat(30)}"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"${', "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")'.repeat(30)}`,
    ],
    ['loops in loops', `${'[for a in local.list : '.repeat(40)}1${']'.repeat(40)}`],
    ['deep brackets', `${'['.repeat(500)}1${']'.repeat(500)}`],
  ])('%s end', (_title, text) => {
    expect(() => JSON.stringify(shown(valueOf(text)))).not.toThrow();
  });

  it('never throw', () => {
    const part = fc.constantFrom(
      'var.map',
      'local.list',
      'local.one',
      '"a${',
      '}"',
      'jsonencode(',
      'merge(',
      'for x in ',
      '[',
      ']',
      '{',
      '}',
      '(',
      ')',
      ',',
      ' : ',
      ' ? ',
      '=>',
      '1',
      '"x"',
      'null',
      '.',
      '*',
      '==',
      '&&',
      'aws_x.many',
      'each.value',
      '...',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        shown(valueOf(parts.join('')));
      }),
      { numRuns: 2000 },
    );
  });
});
