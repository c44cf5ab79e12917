import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { safeText } from '../../src/reporters/safe-text.ts';
import { hostileResult, hostileTexts } from './hostile-result.ts';
import { render } from './render.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, failing, interval, unreadable } from './sarif-cases.ts';

interface Command {
  readonly name: string;
  readonly properties: { readonly [name: string]: string };
  readonly message: string;
}

/** As GitHub's runner reads a line (actions/runner, `ActionCommand.TryParseV2`). */
function readCommand(line: string): Command {
  const [, name = '', list = '', message = ''] = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
  const data = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const property = (text: string): string => data(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
  const properties = list.split(',').map((each): readonly [string, string] => {
    const at = each.indexOf('=');
    return [each.slice(0, at), property(each.slice(at + 1))];
  });
  return { name, properties: Object.fromEntries(properties), message: data(message) };
}

const commands = (result: ScanResult): readonly Command[] => render('github', result).text.trimEnd().split('\n').map(readCommand);

describe('annotations', () => {
  it('are ten at the most, the most severe first, and the last says how many more there are', () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      liveFinding(index % 2 === 0 ? 'kms-key-rotates' : interval, { name: `s${index}` }, failing),
    );
    const found = commands(resultOf(findings));
    expect(found).toHaveLength(10);
    expect(found.slice(0, 9).map(({ name }) => name)).toEqual(Array(9).fill('error'));
    expect(found.at(-1)?.message).toContain('31 more are not shown here');
    expect(render('github', resultOf(findings)).warnings).toEqual([
      '31 of 40 findings are not annotated: GitHub drops what is more than ten of a step',
    ]);
  });

  it('leave room for what could not be read', () => {
    const found = commands(sampleResult());
    expect(found).toHaveLength(10);
    expect(found[0]).toMatchObject({ name: 'warning', properties: { title: 'Sealcheck could not read everything' } });
    expect(found[0]?.message).toContain('aws/210987654321/us-west-2 could not be read');
  });

  it('of a run without findings are one, which says so', () => {
    const { run } = sampleResult();
    const done = { ...run, outcome: 'compliant', exitCode: 0, exitReason: 'no failures and nothing unknown' } as const;
    expect(commands(resultOf([], { run: done }))).toMatchObject([{ name: 'notice', properties: { title: 'Sealcheck: compliant' } }]);
  });

  it('stand at the line of code', () => {
    const [found] = commands(resultOf([codeFinding(interval, 'x.a', 'infra/a,b:c.tf', 7, failing)], { scopes: [codeScope('infra')] }));
    expect(found).toMatchObject({ name: 'error', properties: { file: 'infra/a,b:c.tf', line: '7', endLine: '9' } });
  });

  const levels: readonly (readonly [what: string, level: string, policy: string, verdict: typeof failing | typeof unreadable])[] = [
    ['critical', 'error', 'secretsmanager-no-public-access', failing],
    ['high', 'error', interval, failing],
    ['medium', 'warning', 'kms-key-rotates', failing],
    ['low', 'notice', 'ssm-parameter-database-credential-rotates', failing],
    ['unknown', 'warning', interval, unreadable],
  ];
  it.each(levels)('of what is %s', (_, level, policy, verdict) => {
    expect(commands(resultOf([liveFinding(policy, { name: 'a' }, verdict)]))[0]?.name).toBe(level);
  });
});

it('are the same commands whatever the names are, and carry them as text', () => {
  fc.assert(
    fc.property(hostileTexts, (texts) => {
      const found = commands(hostileResult(texts));
      expect(found.map(({ name }) => name)).toEqual(['warning', 'error', 'error', 'warning', 'warning']);
      for (const { properties } of found) {
        for (const name of Object.keys(properties)) expect(['title', 'file', 'line', 'endLine', 'col', 'endColumn']).toContain(name);
      }
      const safe = safeText(texts.message);
      expect(found[1]?.message.startsWith(safe)).toBe(true);
      expect(found[2]?.properties['file']).toBe(safe);
    }),
  );
});
