import { readFileSync } from 'node:fs';
import { UserError } from '../../model/errors.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { Io } from '../io.ts';
import { isComplete, whyNotUploaded } from './may-upload.ts';
import { runnerContext } from './runner-context.ts';
import { uploadSarif, type Net } from './sarif-upload.ts';

export interface UploadNote {
  /** One sentence for the summary and the log. */
  readonly summary: string;
  /** Set where an upload was due and did not succeed: why, and what to do. */
  readonly failure?: string;
}

/** Uploads what may be uploaded. What fails is a note, not an error: the verdict of the scan is out already. */
export async function uploadOf(
  result: ScanResult,
  files: readonly string[],
  token: string | undefined,
  env: Io['env'],
  net: Net,
): Promise<UploadNote> {
  try {
    const context = runnerContext(env);
    if (files.length === 0) return { summary: 'not uploaded: no SARIF file could be made; the log of the step says why.' };
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    const runs = texts.reduce((sum, text) => sum + (JSON.parse(text) as { readonly runs: readonly unknown[] }).runs.length, 0);
    const why = whyNotUploaded(result, runs, context);
    if (why !== undefined) return { summary: `not uploaded: ${why}.` };
    if (token === undefined) throw new UserError('usage', 'an upload needs the input token', { hint: 'leave it out for that of the job' });
    let processed = true;
    for (const text of texts) processed = (await uploadSarif(text, token, context, net)).processed && processed;
    const left = isComplete(result) ? '' : ' What could not be read as a whole is left out or as it was, so its alerts stay.';
    return {
      summary: `uploaded, ${runs} ${runs === 1 ? 'category' : 'categories'}.${processed ? '' : ' GitHub is still working on it.'}${left}`,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const failure = error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
    return { summary: 'the upload failed; the log of the step says why.', failure };
  }
}
