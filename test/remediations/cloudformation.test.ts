import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read } from '../sources/cloudformation/read.ts';
import { findProgram } from '../support/find-program.ts';
import { remediesIn, verdictsOf, type Remedy } from './remedies.ts';

const { inCode, inAccount, missing, left } = remediesIn('cloudformation');

it('each CloudFormation snippet has a fixture in test/fixtures/remediations, and each fixture a snippet', () => {
  expect({ missing, left }).toEqual({ missing: [], left: [] });
});

async function verdicts(text: string, remedy: Remedy): Promise<readonly string[]> {
  const { scope } = await read(text, { account: '111122223333', region: 'us-east-1' });
  return verdictsOf(scope, remedy);
}

describe('a CloudFormation snippet mends the fault', () => {
  it.each(inCode)('$id', async (remedy) => {
    expect(await verdicts(remedy.before, remedy)).toContainEqual(expect.stringMatching(/^fail: /));
    expect([...new Set(await verdicts(remedy.after, remedy))]).toEqual(remedy.gone ? [] : ['pass']);
  });
});

const lint = findProgram('cfn-lint');
if (lint === undefined) console.warn('SKIPPED, the CloudFormation snippets are not linted: cfn-lint is not on the PATH');

describe.skipIf(lint === undefined)('cfn-lint', () => {
  it('has no errors to report of templates with the snippets', { timeout: 240_000 }, () => {
    const remedies = [...inCode, ...inAccount];
    const folder = mkdtempSync(join(tmpdir(), 'sealcheck-cfn-'));
    try {
      for (const { id, after } of remedies) writeFileSync(join(folder, `${id}.yaml`), after);
      const files = remedies.map(({ id }) => `${id}.yaml`);
      expect(linted(folder, ['--non-zero-exit-code', 'error', '--ignore-checks', 'W', 'I', '--format', 'parseable', '--', ...files])).toBe(
        '',
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function linted(cwd: string, args: readonly string[]): string {
  try {
    return execFileSync(lint ?? '', args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    return `${stdout ?? ''}${stderr ?? ''}`;
  }
}
