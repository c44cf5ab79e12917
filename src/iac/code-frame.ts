import type { CodeFrame } from '../model/location.ts';
import { redactHcl } from './redact-hcl.ts';
import { redactYaml } from './redact-yaml.ts';

const linesBefore = 2;
const linesAfter = 2;
const mostLines = 9;
const longestLine = 160;

/** The lines of a file that may be shown: every literal that could be a secret is replaced. All at once, as a text may go on for lines. */
export function redactedLines(file: string, text: string): readonly string[] {
  const redacted = /\.(?:tf|tofu|hcl)$/i.test(file) ? redactHcl(text) : redactYaml(text);
  return redacted.split('\n');
}

/** The lines around a place. `startLine` and `endLine` count from 1. */
export function codeFrame(redacted: readonly string[], startLine: number, endLine: number): CodeFrame {
  const from = Math.max(1, startLine - linesBefore);
  const to = Math.min(redacted.length, endLine + linesAfter, from + mostLines - 1);
  const lines = redacted.slice(from - 1, to).map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line.trimEnd()));
  return { startLine: from, text: lines.join('\n') };
}
