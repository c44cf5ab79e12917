import type { ScanResult } from '../model/scan-result.ts';
import { toJsonLine } from './json-text.ts';
import type { Reporter } from './reporter.ts';

/**
 * One object a line for jq, Athena and log pipelines: first the run, then its scopes, policies and findings, all of them, as in
 * findings.json. Each line says its type, its run and the clock of it, so that lines of several runs can be kept together.
 */
export const ndjsonReporter: Reporter = {
  name: 'ndjson',
  summary: 'the whole result, one JSON object a line: run, scopes, policies, findings',
  mediaType: 'application/x-ndjson',
  render: (result) => {
    const { id: runId, asOf } = result.run;
    const titles = new Map(result.policies.map(({ id, title }) => [id, title] as const));
    const line = (type: string, rest: object): string => toJsonLine({ type, runId, asOf, ...rest });
    const lines = [
      line('run', runOf(result)),
      ...result.scopes.map((scope) => line('scope', scope)),
      ...result.policies.map((policy) => line('policy', policy)),
      ...result.findings.map((finding) => line('finding', { policyTitle: titles.get(finding.policyId), ...finding })),
    ];
    return { text: `${lines.join('\n')}\n`, warnings: [] };
  },
};

function runOf({ schemaVersion, run, summary }: ScanResult): object {
  return { schemaVersion, ...run, summary };
}
