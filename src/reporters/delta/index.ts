import { deltaJson } from './delta-json.ts';
import { deltaMarkdown } from './delta-markdown.ts';
import type { DeltaReporter } from './delta-reporter.ts';
import { deltaText } from './delta-text.ts';

/** Every format of the difference between two runs. A new one is one file and one line here. */
export const deltaReporters: readonly DeltaReporter[] = [deltaText, deltaMarkdown, deltaJson];
