import type { ScanResult } from '../model/scan-result.ts';
import type { Severity } from '../model/severity.ts';
import type { OpenFinding } from './open-findings.ts';
import type { TextStyle } from './text-style.ts';

/** What tells at a glance how bad an open finding is; never by colour alone. */
export function mark({ status, severity }: OpenFinding): readonly [symbol: string, style: TextStyle] {
  if (status === 'unknown') return ['?', 'magenta'];
  return severityMarks[severity];
}

const severityMarks: { readonly [severity in Severity]: readonly [symbol: string, style: TextStyle] } = {
  critical: ['✖', 'red'],
  high: ['✖', 'red'],
  medium: ['▲', 'yellow'],
  low: ['▲', 'cyan'],
  info: ['▲', 'cyan'],
};

/** The sentence in place of a list that is empty. */
export function nothingOpen({ scopes, summary }: ScanResult): string {
  const accepted = summary.findings.waived > 0 ? ', but for what is waived' : '';
  return scopes.every(({ status }) => status === 'complete')
    ? `Nothing fails and nothing is unknown${accepted}.`
    : `Nothing fails in what could be read${accepted}.`;
}

export { isHashKey as isHash } from './hash-key.ts';
