import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../../model/errors.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { githubReporter } from '../../reporters/github.ts';
import { markdownReporter } from '../../reporters/markdown/index.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { main } from '../main.ts';
import { printUserError } from '../print-error.ts';
import { readResult } from '../read-result.ts';
import { toolVersion } from '../version.ts';
import { readActionInputs, type ActionInputs } from './action-inputs.ts';
import { annotation, maskValue, resumeCommands, stopCommands } from './runner-commands.ts';
import { writeStepOutputs, writeStepSummary } from './runner-files.ts';
import type { Net } from './sarif-upload.ts';
import { scanArguments, type StepFiles } from './scan-arguments.ts';
import { sarifFiles, stepOutputs } from './step-outputs.ts';
import { uploadOf, type UploadNote } from './upload-step.ts';

const realNet: Net = { fetch, sleep: async (ms) => void (await setTimeout(ms)) };

/**
 * The step of a workflow: one scan, and of its result the outputs, the summary, the annotations and the upload. Returns the exit code: that of the
 * scan, or 4 where an upload failed, which the outputs and the summary tell apart.
 */
export async function runAction(real: Io, net: Net = realNet): Promise<number> {
  // The runner reads the two streams apart: on one alone it is certain what stands between stop-commands and its end.
  const io: Io = { ...real, stderr: { ...real.stderr, write: real.stdout.write } };
  try {
    const inputs = readActionInputs(io.env);
    if (inputs.token !== undefined && io.env['GITHUB_ACTIONS'] === 'true') io.stdout.write(maskValue(inputs.token));
    return await runStep(inputs, io, net);
  } catch (error) {
    if (error instanceof UserError) return refuse(error, io);
    // Left to Node it would end with 1, as violations do, and print a trace in which names of resources could pass for commands.
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return tell(exitCode.bug, `This is a bug in sealcheck ${toolVersion}; please report it.\n${trace}`, io);
  }
}

async function runStep(inputs: ActionInputs, io: Io, net: Net): Promise<number> {
  const folder = temporaryFolder(io.env['RUNNER_TEMP'] || tmpdir());
  const files: StepFiles = { json: join(folder, 'findings.json'), sarif: join(folder, 'sealcheck.sarif') };
  const { code, said } = await scanQuietly(scanArguments(inputs, files), io);
  if (!existsSync(files.json)) return withoutResult(code, said, io);
  const result = await readResult(files.json, io);
  const sarif = sarifFiles(folder);
  writeStepOutputs(stepOutputs(result, code, { json: files.json, sarif }), io.env);
  if (inputs.summary) writeStepSummary(markdownReporter.render(result, plain).text, io.env);
  if (inputs.annotations) io.stdout.write(githubReporter.render(result, plain).text);
  if (!inputs.uploadSarif) return code;
  return finish(await uploadOf(result, sarif, inputs.token, io.env, net), code, { inputs, result }, io);
}

function temporaryFolder(parent: string): string {
  try {
    return mkdtempSync(join(parent, 'sealcheck-'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new UserError('output-failed', `cannot make a folder in ${parent}: ${code}`, { cause: error });
  }
}

const plain = { color: false, columns: 120, links: false, sarif: { unknown: 'all', waived: 'omit' } } as const;

interface Scanned {
  readonly code: number;
  /** The end of what the scan wrote beside its report: why there is no result, if there is none. */
  readonly said: string;
}

/** Names of resources stand in what a scan prints: none of it is to be taken for a command of the runner. */
async function scanQuietly(args: readonly string[], io: Io): Promise<Scanned> {
  const token = randomUUID();
  let said = '';
  const write = (text: string): void => {
    said = `${said}${text}`.slice(-4000);
    io.stderr.write(text);
  };
  io.stdout.write(stopCommands(token));
  try {
    return { code: await main(args, { ...io, stderr: { ...io.stderr, write } }), said };
  } finally {
    io.stdout.write(`\n${resumeCommands(token)}`);
  }
}

/** Nothing was judged, so this is no pass, even of a scan that was told to do something else, as by --print-config. */
function withoutResult(code: number, said: string, io: Io): number {
  const ended = code === exitCode.compliant ? exitCode.usage : code;
  const why = code === exitCode.compliant ? 'the input args made the scan write no result' : said;
  return tell(ended, why, io);
}

function refuse(error: UserError, io: Io): number {
  let said = '';
  printUserError(error, { ...io.stderr, write: (text) => void (said += text) });
  return tell(error.code.endsWith('-failed') ? exitCode.failed : exitCode.usage, said, io);
}

function tell(code: number, why: string, io: Io): number {
  io.stdout.write(annotation('error', `Sealcheck could not judge: exit ${code}`, why));
  try {
    writeStepOutputs({ outcome: '', 'exit-code': String(code), complete: 'false' }, io.env);
    writeStepSummary(`## Sealcheck\n\nNothing was judged: exit ${code}. The log of the step says why.\n`, io.env);
  } catch (error) {
    // That they cannot be written may be what is told here: the exit code says it all the same.
    if (!(error instanceof UserError)) throw error;
  }
  return code;
}

function finish(
  note: UploadNote,
  code: number,
  { inputs, result }: { readonly inputs: ActionInputs; readonly result: ScanResult },
  io: Io,
): number {
  if (inputs.summary) writeStepSummary(`\nCode scanning: ${note.summary}\n`, io.env);
  if (note.failure === undefined) {
    io.stdout.write(`code scanning: ${note.summary}\n`);
    return code;
  }
  const { exitCode: verdict, exitReason } = result.run;
  io.stdout.write(annotation('error', 'Sealcheck: the upload failed', `${note.failure}\nThe scan came to exit ${verdict}: ${exitReason}`));
  return exitCode.failed;
}
