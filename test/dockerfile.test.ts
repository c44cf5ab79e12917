import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Instruction {
  readonly word: string;
  readonly rest: string;
  /** Counts from 0: which FROM it stands below. */
  readonly stage: number;
}

/** Of a Dockerfile without here-documents: instructions with their continuation lines, comments left out. */
function readDockerfile(text: string): readonly Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  const joined = lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  let stage = -1;
  return joined
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      if (word === 'FROM') stage += 1;
      return { word, rest, stage };
    });
}

describe('the Dockerfile', () => {
  const instructions = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
  const last = Math.max(...instructions.map(({ stage }) => stage));
  const inLast = (word: string): readonly string[] =>
    instructions.filter((each) => each.stage === last && each.word === word).map(({ rest }) => rest);
  const sources = instructions
    .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from='))
    .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));

  it('has instructions that are known here, in two stages, from images with exact tags', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'LABEL', 'ENV', 'STOPSIGNAL', 'USER', 'ENTRYPOINT', 'CMD'];
    expect(instructions.map(({ word }) => word).filter((word) => !known.includes(word))).toEqual([]);
    const images = instructions.filter(({ word }) => word === 'FROM').map(({ rest }) => rest);
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim( AS build)?$/);
    expect(new Set(images.map((image) => image.split(' ')[0])).size).toBe(1);
  });

  it('copies what is there, and nothing from elsewhere', () => {
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
    expect(instructions.filter(({ rest }) => /https?:|curl|wget/.test(rest))).toEqual([]);
    expect(inLast('COPY')).toEqual(['--from=build /app /app']);
  });

  it('ends as a user without rights, by number, with the command as what is run', () => {
    expect(inLast('USER')).toEqual([expect.stringMatching(/^[1-9]\d{3,}:[1-9]\d{3,}$/)]);
    expect(inLast('WORKDIR')).toEqual(['/work']);
    expect(inLast('ENTRYPOINT')).toEqual(['["node", "/app/dist/cli.js"]']);
    // The signal that the command listens to (src/cli/process.ts).
    expect(inLast('STOPSIGNAL')).toEqual(['SIGINT']);
    // A shell would take part of the arguments for its own.
    expect(instructions.at(-1)).toMatchObject({ word: 'CMD', rest: '["--help"]' });
    const after = instructions.findIndex(({ word }) => word === 'USER');
    expect(instructions.slice(after).filter(({ word }) => word === 'RUN' || word === 'COPY')).toEqual([]);
  });

  it('sets nothing secret, and says what it is', () => {
    const variables = instructions.filter(({ word }) => word === 'ENV').flatMap(({ rest }) => rest.split(' '));
    expect(variables).toEqual(['NODE_ENV=production', 'HOME=/tmp']);
    expect(inLast('LABEL').join(' ')).toMatch(/org\.opencontainers\.image\.licenses="Apache-2\.0"/);
  });

  it('is given by .dockerignore what it copies, and no more', () => {
    const lines = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    expect(lines.slice(1).sort()).toEqual(sources.map((source) => `!${source}`).sort());
  });
});
