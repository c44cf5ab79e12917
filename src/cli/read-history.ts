import { readFileSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { statuses } from '../model/finding.ts';
import type { HistoryPoint } from '../model/history-point.ts';
import { severities } from '../model/severity.ts';
import { isPlainObject } from '../resources/decode.ts';

/** Reads a history of runs: NDJSON, one point a line; empty lines count for nothing. Throws UserError, with the line, for what is none. */
export function readHistory(path: string): readonly HistoryPoint[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') throw new UserError('file-not-found', `there is no history ${path}`, { cause: error });
    throw new UserError('file-unreadable', `cannot read the history ${path}: ${code}`, { cause: error });
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const point = parse(line);
    if (isPoint(point)) return [point];
    throw new UserError('input-invalid', `the history ${path} has no run in line ${index + 1}`, {
      hint: 'each line is one run: {"runId":…,"asOf":…,"findings":{…},"bySeverity":{…}}',
    });
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The parser's own message quotes the text.
    return undefined;
  }
}

function isPoint(value: unknown): value is HistoryPoint {
  if (!isPlainObject(value)) return false;
  const { runId, asOf, findings, bySeverity } = value;
  return (
    typeof runId === 'string' &&
    typeof asOf === 'string' &&
    !Number.isNaN(Date.parse(asOf)) &&
    /^\d{4}-\d\d-\d\dT/.test(asOf) &&
    hasCounts(findings, statuses) &&
    isPlainObject(bySeverity) &&
    severities.every((severity) => hasCounts(bySeverity[severity], ['fail', 'unknown']))
  );
}

function hasCounts(value: unknown, names: readonly string[]): boolean {
  return isPlainObject(value) && names.every((name) => Number.isSafeInteger(value[name]) && Number(value[name]) >= 0);
}
