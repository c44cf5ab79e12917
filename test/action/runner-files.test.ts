import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeStepOutputs, writeStepSummary } from '../../src/cli/action/runner-files.ts';
import { readOutputs } from '../support/run-action.ts';
import { temporaryFolder } from '../support/run-cli.ts';

describe('the files of the runner', () => {
  it('hold every value whole, and no value can end early: delimiters are never the same', () => {
    const file = join(temporaryFolder(), 'output');
    writeFileSync(file, 'before=1\n');
    const env = { GITHUB_OUTPUT: file };
    const hostile = 'a\nEOF\noutcome=compliant\nghadelimiter\n\n::error::x';
    writeStepOutputs({ first: hostile, second: '', third: 'x' }, env);
    const once = readFileSync(file, 'utf8').replace('before=1\n', '');
    expect(readOutputs(once)).toEqual({ first: hostile, second: '', third: 'x' });
    const delimiters = [...once.matchAll(/<<(\S+)$/gm)].map(([, delimiter = '']) => delimiter);
    expect(delimiters).toHaveLength(3);
    for (const delimiter of delimiters) expect(delimiter).toMatch(/^sealcheck-[0-9a-f-]{36}$/);
    expect(new Set(delimiters).size).toBe(3);
  });

  it('are added to, and none is made where the runner names none', () => {
    const file = join(temporaryFolder(), 'summary');
    writeFileSync(file, 'a\n');
    writeStepSummary('b\n', { GITHUB_STEP_SUMMARY: file });
    writeStepSummary('c\n', {});
    writeStepOutputs({ a: 'b' }, { GITHUB_OUTPUT: '' });
    expect(readFileSync(file, 'utf8')).toBe('a\nb\n');
  });

  it('that cannot be written are a failure of the world', () => {
    const env = { GITHUB_STEP_SUMMARY: temporaryFolder() };
    expect(() => writeStepSummary('a', env)).toThrow('cannot write the file of GITHUB_STEP_SUMMARY: EISDIR');
  });
});
