import { evidenceCsv } from './evidence-csv.ts';
import { evidenceJson } from './evidence-json.ts';
import { evidenceMarkdown } from './evidence-markdown.ts';
import type { EvidenceReporter } from './evidence-reporter.ts';
import { evidenceText } from './evidence-text.ts';

/** Every format of the evidence by control. A new one is one file and one line here. */
export const evidenceReporters: readonly EvidenceReporter[] = [evidenceText, evidenceMarkdown, evidenceJson, evidenceCsv];
