import { toJsonText } from '../json-text.ts';
import type { DeltaReporter } from './delta-reporter.ts';

/** Everything, as RunDelta has it (src/model/run-delta.ts). */
export const deltaJson: DeltaReporter = { name: 'json', render: (delta) => toJsonText({ deltaVersion: 1, ...delta }) };
