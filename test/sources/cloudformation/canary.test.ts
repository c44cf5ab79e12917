import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import type { ReadTemplate } from '../../../src/sources/cloudformation/index.ts';
import { fixture, read } from './read.ts';

const canaries = /canary|c4n4ry/i;

/** All that leaves the source: the scope, the notes, and the places of all attributes. */
function shown({ scope, notes }: ReadTemplate): string {
  const places = scope.resources.flatMap(({ attributes, locate }) => attributePaths(attributes).map((path) => locate?.(path)));
  return JSON.stringify([scope, notes, places]);
}

function attributePaths(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path];
  if (Array.isArray(value)) return [path, ...value.flatMap((element, index) => attributePaths(element, `${path}[${index}]`))];
  return [path, ...Object.entries(value).flatMap(([key, element]) => attributePaths(element, path === '' ? key : `${path}.${key}`))];
}

describe('values of a template', () => {
  const text = fixture('orders.yaml');

  it('are in the sample', () => {
    expect(text.match(/canary/gi)?.length).toBeGreaterThan(5);
  });

  it('do not leave the source', async () => {
    for (const parameters of [
      new Map<string, string>(),
      new Map([
        ['MasterPassword', 'canary-given-12'],
        ['Env', 'prod'],
        ['OldPassword', 'canary-given-34'],
      ]),
    ]) {
      expect(shown(await read(text, { parameters }))).not.toMatch(canaries);
    }
  });

  it('do not leave it by a mistake either', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: text.length }),
        fc.constantFrom('', '"', "'", '[', '{', ': ', '\t', '!x ', '*y ', '\n'),
        async (at, extra) => {
          const broken = text.slice(0, at) + extra + text.slice(extra === '' ? text.length : at);
          const said = await read(broken).then(
            (result) => JSON.stringify([result.scope.gaps, result.notes]),
            (error: unknown) => {
              if (!(error instanceof UserError)) throw error;
              return error.message + JSON.stringify(error.diagnostics) + String(error.hint);
            },
          );
          expect(said).not.toMatch(canaries);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
