import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../model/finding.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { UnknownReason } from '../../model/unknown.ts';
import { isComplete } from './may-upload.ts';

/** The SARIF files of a step: one, several with `--sarif-split account`, none where one could not be made. Sorted. */
export function sarifFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sarif'))
    .sort()
    .map((name) => join(folder, name));
}

/** The outputs that action.yml promises; `new` and `fixed` are empty where nothing was compared. What came back is new, as for --fail-on-new. */
export function stepOutputs(
  result: ScanResult,
  code: number,
  files: { readonly json: string; readonly sarif: readonly string[] },
): { readonly [name: string]: string } {
  const { run, summary, findings } = result;
  const compared = run.baseline !== undefined || run.state !== undefined;
  const begun = findings.filter(({ state }) => state === 'new' || state === 'reopened').length;
  return {
    outcome: run.outcome,
    'exit-code': String(code),
    failed: String(summary.findings.fail),
    unknown: String(summary.findings.unknown),
    new: compared ? String(begun) : '',
    fixed: compared ? String(run.baseline?.fixed.length ?? 0) : '',
    'sarif-file': files.sarif.join('\n'),
    'json-file': files.json,
    complete: String(isComplete(result) && !findings.some(isUnread)),
  };
}

/** What a service did not say, unlike what a plan or a template leaves open. */
const unread: ReadonlySet<UnknownReason> = new Set(['access-denied', 'throttled', 'timeout', 'malformed-response', 'request-failed']);

function isUnread(finding: Finding): boolean {
  return finding.status === 'unknown' && finding.unknown.some(({ reason }) => unread.has(reason));
}
