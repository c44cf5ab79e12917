import { describe, expect, it } from 'vitest';
import { locationIn, openSource } from '../../src/iac/source-text.ts';

describe('a place in a source', () => {
  const text = 'a = 1\r\nbéé = "🔒x"\n\nlast';
  const source = openSource('infra/a.tf', text);

  it.each([
    ['the start', 0, 1, [1, 1, 1, 2]],
    ['after CRLF', text.indexOf('b'), text.indexOf('b') + 3, [2, 1, 2, 4]],
    ['after two units of one character', text.indexOf('x'), text.indexOf('x') + 1, [2, 10, 2, 11]],
    ['over lines', 4, text.length, [1, 5, 4, 5]],
    ['an empty span on an empty line', text.indexOf('\n\n') + 1, text.indexOf('\n\n') + 1, [3, 1, 3, 1]],
    ['the end', text.length, text.length, [4, 5, 4, 5]],
  ])('%s', (_name, start, end, [startLine, startColumn, endLine, endColumn]) => {
    expect(locationIn(source, start, end)).toMatchObject({ file: 'infra/a.tf', startLine, startColumn, endLine, endColumn });
  });

  it('carries the address, the hash of its first line, and the lines around without literals', () => {
    const location = locationIn(source, text.indexOf('b'), text.indexOf('b') + 3, 'aws_x.y');
    expect(location.address).toBe('aws_x.y');
    expect(location.lineHash).toBe(source.hashes()(2));
    expect(location.frame).toEqual({ startLine: 1, text: 'a = 1\n… = "…"\n\n…' });
    expect(locationIn(source, 0, 1)).not.toHaveProperty('address');
  });
});
