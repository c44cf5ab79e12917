import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { celFunctions } from '../src/expressions/functions/index.ts';
import { loadPolicies } from '../src/policy/load-policies.ts';
import { resourceTypes } from '../src/resources/index.ts';
import type { ObjectShape, Shape } from '../src/resources/shape.ts';

const { policies } = loadPolicies(['policies'], { builtin: true });
const duplicates = (names: readonly string[]): readonly string[] => names.filter((name, index) => names.indexOf(name) !== index);

describe.each(policies.map((policy) => [policy.id, policy] as const))('%s', (id, policy) => {
  it('is the name of its file', () => expect(basename(policy.origin.file)).toBe(`${id}.yaml`));

  it('begins with its folder', () => {
    const folder = basename(dirname(policy.origin.file));
    if (folder !== 'workloads' && folder !== 'audit') expect(id.startsWith(`${folder}-`)).toBe(true);
  });

  it('bounds every int param', () => {
    for (const [name, param] of Object.entries(policy.params)) {
      if (param.type !== 'int') continue;
      expect([name, typeof param.minimum, typeof param.maximum]).toEqual([name, 'number', 'number']);
      expect(param.minimum).toBeLessThan(param.maximum ?? 0);
    }
  });
});

describe('policies', () => {
  it('are there, and have ids and aliases of their own', () => {
    expect(policies.length).toBeGreaterThan(0);
    expect(duplicates(policies.flatMap(({ id, aliases }) => [id, ...aliases]))).toEqual([]);
  });
  it('have titles of their own', () => expect(duplicates(policies.map(({ title }) => title))).toEqual([]));
});

function shapesIn(shape: Shape): readonly ObjectShape[] {
  switch (shape.kind) {
    case 'list':
      return shapesIn(shape.element);
    case 'map':
      return shapesIn(shape.value);
    case 'object':
      return [shape, ...Object.values(shape.fields).flatMap((field) => shapesIn(field.shape))];
    default:
      return [];
  }
}

const shapes = resourceTypes.flatMap((type) => shapesIn(type.shape));

describe('resource types', () => {
  it('have names of their own, in the library of types too', () => {
    expect(duplicates(resourceTypes.map(({ name }) => name))).toEqual([]);
    expect(duplicates(resourceTypes.map(({ service, kind }) => `${service}/${kind}`))).toEqual([]);
  });

  it('a name of an object stands for one set of fields', () => {
    const byName = new Map<string, ObjectShape>();
    for (const shape of shapes) {
      const other = byName.get(shape.name);
      if (other) expect(JSON.stringify(shape.fields), shape.name).toBe(JSON.stringify(other.fields));
      byName.set(shape.name, shape);
    }
  });

  it.each([...new Map(shapes.map((shape) => [shape.name, shape]))])('%s documents every attribute', (_name, shape) => {
    for (const [name, field] of Object.entries(shape.fields)) {
      expect(field.doc.trim(), name).not.toBe('');
      // Nothing that every JavaScript object has, and nothing that a template or a path could not say.
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
    }
  });
});

describe('functions', () => {
  it('have names of their own', () => expect(duplicates(celFunctions.map(({ name }) => name))).toEqual([]));
  it.each(celFunctions.map((fn) => [fn.name, fn] as const))('%s is documented', (name, fn) => {
    expect(fn.doc).toMatch(/\.$/);
    expect(name.includes('.')).toBe(fn.form !== 'global');
  });
});
