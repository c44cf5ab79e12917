import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { UserError } from '../../model/errors.ts';
import type { Io } from '../io.ts';

/**
 * Appends to a file that the runner names in a variable (docs "Workflow commands for GitHub Actions", environment files). Without the variable
 * nothing is written: there is no runner that would read it. Throws UserError `output-failed`.
 */
function append(variable: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY', text: string, env: Io['env']): void {
  const path = env[variable];
  if (path === undefined || path === '') return;
  try {
    appendFileSync(path, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new UserError('output-failed', `cannot write the file of ${variable}: ${code}`, { cause: error });
  }
}

/** Outputs of the step. Each stands between delimiters that nobody can guess, so that no value can end early and set another output. */
export function writeStepOutputs(outputs: { readonly [name: string]: string }, env: Io['env']): void {
  const blocks = Object.entries(outputs).map(([name, value]) => {
    const delimiter = `sealcheck-${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  append('GITHUB_OUTPUT', blocks.join(''), env);
}

export function writeStepSummary(markdown: string, env: Io['env']): void {
  append('GITHUB_STEP_SUMMARY', markdown, env);
}
