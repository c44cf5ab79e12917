import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { hostileResult, hostileTexts } from './hostile-result.ts';
import { render } from './render.ts';
import { sampleResult } from './sample-result.ts';

type Line = { readonly [key: string]: unknown };

const lines = (result: ScanResult): readonly Line[] =>
  render('ndjson', result)
    .text.split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

/** findings.json again. */
function rebuilt(found: readonly Line[]): unknown {
  const of = (type: string): readonly Line[] =>
    found.filter((line) => line['type'] === type).map(({ type: _, runId: __, asOf: ___, policyTitle: ____, ...rest }) => rest);
  const [{ schemaVersion, summary, ...run } = {}] = of('run');
  const asOf = found[0]?.['asOf'];
  return { schemaVersion, run: { ...run, asOf }, scopes: of('scope'), summary, policies: of('policy'), findings: of('finding') };
}

describe('the lines', () => {
  it('hold all of the result', () => {
    expect(rebuilt(lines(sampleResult()))).toEqual(sampleResult());
  });

  it('each say what they are, of which run, and of what time', () => {
    const { run } = sampleResult();
    for (const line of lines(sampleResult())) {
      expect(['run', 'scope', 'policy', 'finding']).toContain(line['type']);
      expect(line).toMatchObject({ runId: run.id, asOf: run.asOf });
    }
  });

  it('hold all of it whatever the names are, one object a line', () => {
    fc.assert(
      fc.property(hostileTexts, (texts) => {
        const result = hostileResult(texts);
        expect(rebuilt(lines(result))).toEqual(JSON.parse(JSON.stringify(result)));
      }),
    );
  });
});
