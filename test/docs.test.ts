import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderDocs } from '../scripts/docs/render.ts';

describe('generated docs are current (npm run docs renews them)', () => {
  const pages = renderDocs();
  it.each([...pages.keys()])('%s', (path) => {
    expect(readFileSync(path, 'utf8')).toBe(pages.get(path));
  });

  it('no page is left of a policy that is gone', () => {
    const left = readdirSync('docs/policies').filter((name) => !pages.has(`docs/policies/${name}`));
    expect(left).toEqual([]);
  });
});
