import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown, unknownReasons } from '../../src/model/unknown.ts';
import type { Attributes, Collection } from '../../src/model/resource.ts';
import { completeAttributes } from '../../src/resources/complete-attributes.ts';
import { placeUnknowns } from '../../src/resources/place-unknowns.ts';
import { resourceTypes } from '../../src/resources/index.ts';
import type { Shape } from '../../src/resources/shape.ts';
import { readSnapshot, writeSnapshot } from '../../src/sources/snapshot/snapshot.ts';

const unknown = fc
  .record({
    reason: fc.constantFrom(...unknownReasons),
    detail: fc.string({ minLength: 1 }),
    action: fc.option(fc.constantFrom('a:B', 'c:D'), { nil: undefined }),
  })
  .map(({ reason, detail, action }) => new Unknown(reason, detail, action));

/** Tags may be called anything. */
const key = fc.oneof(
  fc.string(),
  fc.constantFrom('$unknown', '$iam', '$', '$$', '$$unknown', '$$$x', '__proto__', 'constructor', 'toString', ''),
);

function valueOf(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: knownOf(shape), weight: 9 }, { arbitrary: unknown, weight: 1 });
}

function knownOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return shape.values ? fc.constantFrom(...shape.values) : fc.oneof(fc.string(), fc.constantFrom('$unknown', '2026-01-01'));
    case 'int':
      return fc.maxSafeInteger();
    case 'bool':
      return fc.boolean();
    case 'timestamp':
      return fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });
    case 'list':
      return fc.array(valueOf(shape.element), { maxLength: 3 });
    case 'map':
      return fc.array(fc.tuple(key, valueOf(shape.value)), { maxLength: 4 }).map((entries) => {
        const object = Object.create(null) as { [name: string]: unknown };
        for (const [name, value] of entries) object[name] = value;
        return object;
      });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.fields).map(([name, field]) => [
            name,
            field.optional ? fc.option(valueOf(field.shape), { nil: undefined }) : valueOf(field.shape),
          ]),
        ),
      );
    default:
      return shape satisfies never;
  }
}

/** Plain data to compare by: absent attributes left out, prototypes forgotten, unknowns as text. */
function plain(value: unknown): unknown {
  if (value instanceof Unknown) return [`Unknown ${value.reason} ${value.action ?? '-'} ${value.detail}`];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, element]) => element !== undefined)
    .map(([name, element]) => [name, plain(element)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const collectionOf = (type: string, attributes: Attributes): Collection => ({
  scopes: [
    {
      scope: { id: 'aws/1/eu-west-1', source: 'aws', account: '1', region: 'eu-west-1' },
      status: 'complete',
      gaps: [],
      resources: [{ type, address: 'arn:x', name: 'x', account: '1', attributes }],
    },
  ],
  provenance: { [type]: { '': 'a:B' } },
  notes: ['a note'],
});

describe('a saved account reads back as it was', () => {
  it.each(resourceTypes.map((type) => [type.name, type] as const))('%s', (name, type) => {
    fc.assert(
      fc.property(knownOf(type.shape), (known) => {
        const attributes = completeAttributes(type.shape, known as Attributes, 'aws');
        const collection = collectionOf(name, attributes);
        const text = writeSnapshot(collection, Date.UTC(2026, 0, 1), '0.0.0');
        const { collection: read, collectedAt } = readSnapshot(JSON.parse(text), 'account.json');
        expect(collectedAt).toBe(Date.UTC(2026, 0, 1));
        expect(plain(read)).toEqual(plain(collection));
        expect(writeSnapshot(read, collectedAt, '0.0.0')).toBe(text);
        // With their places put in, unknowns stay where they are, whatever the tags are called.
        expect(plain(placeUnknowns(read.scopes[0]?.resources[0]?.attributes))).toEqual(plain(attributes));
      }),
      { numRuns: 150, seed: 20_261_123 },
    );
  });

  it('of an older version, which did not know every attribute', () => {
    const attributes = { name: 'a', account: '1', region: 'eu-west-1', replicas: [{ region: 'eu-west-3', status: 'InSync' }] };
    const head = { kind: 'sealcheck-snapshot', schemaVersion: 1, collectedAt: '2026-01-01T00:00:00Z' };
    const scope = { id: 'aws/1/eu-west-1', source: 'aws', account: '1', region: 'eu-west-1' };
    const resource = { type: 'AWS::SecretsManager::Secret', address: 'arn:x', name: 'a', account: '1', attributes };
    const scopes = [{ scope, status: 'complete', gaps: [], resources: [resource] }];
    const { collection } = readSnapshot({ ...head, scopes, provenance: {}, notes: [] }, 'account.json');
    expect(collection.scopes[0]?.resources[0]?.attributes).toMatchObject({
      replicas: [{ region: 'eu-west-3', manager: { reason: 'not-collected' } }],
      values: { reason: 'not-in-source' },
      recoveryWindowDays: { reason: 'not-in-source' },
      isReplica: { reason: 'not-collected' },
    });
  });

  it('a tag cannot pass for an unknown', () => {
    const name = 'AWS::SecretsManager::Secret';
    const tags = JSON.parse('{ "$unknown": "access-denied", "__proto__": "x" }') as object;
    const unknownAttributes = Object.fromEntries(
      Object.keys(resourceTypes.find((type) => type.name === name)?.shape.fields ?? {}).map((field) => [
        field,
        new Unknown('timeout', 'x'),
      ]),
    );
    const { collection } = readSnapshot(JSON.parse(writeSnapshot(collectionOf(name, { ...unknownAttributes, tags }), 0, '0')), 'x');
    const read = collection.scopes[0]?.resources[0]?.attributes['tags'] as object;
    expect(read).not.toBeInstanceOf(Unknown);
    expect(Object.entries(read).sort()).toEqual([
      ['$unknown', 'access-denied'],
      ['__proto__', 'x'],
    ]);
  });
});
