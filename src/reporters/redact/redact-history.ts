import type { HistoryPoint } from '../../model/history-point.ts';
import { createPseudonyms } from './pseudonyms.ts';
import type { Redaction } from './redact-result.ts';

/**
 * Earlier runs with the ids that redacted results have, so that a run which is in both is known again. Runs as the scans wrote them:
 * the id of one that is redacted already would be replaced once more.
 */
export function redactHistory(history: readonly HistoryPoint[], { what, key }: Redaction): readonly HistoryPoint[] {
  if (what.length === 0) return history;
  const { run } = createPseudonyms(key);
  return history.map((point) => ({ ...point, runId: run(point.runId) }));
}
