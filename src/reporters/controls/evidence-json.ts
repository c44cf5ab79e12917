import { toJsonText } from '../json-text.ts';
import type { EvidenceReporter } from './evidence-reporter.ts';

/** All of the evidence, with the source of each mapping. */
export const evidenceJson: EvidenceReporter = {
  name: 'json',
  render: (evidence) => toJsonText({ schemaVersion: 1, ...evidence }),
};
