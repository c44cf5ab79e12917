import { tmpdir } from 'node:os';
import { readArguments } from './arguments.ts';
import { consoleOutput } from './console-output.ts';

/** What is asked of Lambda's context. */
export interface LambdaContext {
  /** Milliseconds until Lambda ends the function. */
  readonly getRemainingTimeInMillis: () => number;
}

/** How a run ended that did its work. */
export interface RunOutcome {
  /** 0 compliant, 1 violations, 3 incomplete. */
  readonly exitCode: 0 | 1 | 3;
  /** Why, in words; absent for a command that gives no reason. */
  readonly exitReason?: string;
}

/** So long before the end a run is told to stop: what was read can still be written and reported then. */
const reserveMs = 30_000;

/**
 * The handler for AWS Lambda. Its arguments are `args` of the event, a list of words as on the command line; without them the JSON list of
 * the variable SEALCHECK_ARGS is run, and after it, if there is one, that of SEALCHECK_NOTIFY_ARGS. Output goes to the console, line by line.
 *
 * Throws for all but exit codes 0, 1 and 3, so that Lambda counts an error: a mistake in the arguments (2), nothing could be read (4), out of
 * time (130), a bug (70).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export async function handler(event: unknown, context: LambdaContext): Promise<RunOutcome> {
  // The SDK announces the end of its support for Node 20 in the middle of our lines.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // The only folder that can be written to, and the only one where a shared AWS configuration could be looked for.
  process.env['HOME'] = tmpdir();
  const { args, notifyArgs } = readArguments(event, process.env);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), Math.max(0, context.getRemainingTimeInMillis() - reserveMs));
  try {
    const outcome = await runOnce(args, controller.signal);
    if (notifyArgs !== undefined) await runOnce(notifyArgs, controller.signal);
    return outcome;
  } finally {
    clearTimeout(timer);
  }
}

async function runOnce(args: readonly string[], signal: AbortSignal): Promise<RunOutcome> {
  const { main } = await import('../process.ts');
  let reason: string | undefined;
  const note = (line: string): void => {
    reason = /^\s*exit \d+: (.+)$/.exec(line)?.[1] ?? reason;
  };
  const [stdout, stderr] = [consoleOutput(console.log, note), consoleOutput(console.error, note)];
  const code = await main(args, {
    ...{ stdout, stderr, signal },
    env: process.env,
    readStdin: () => Promise.resolve(Buffer.alloc(0)),
    now: () => Date.now(),
  });
  stdout.flush();
  stderr.flush();
  if (code === 0 || code === 1 || code === 3) return { exitCode: code, ...(reason === undefined ? {} : { exitReason: reason }) };
  const why = code === 130 ? 'the time of the function was nearly over' : (reason ?? 'the lines before say why');
  throw Object.assign(new Error(`sealcheck ended with exit code ${code}: ${why}`), { name: 'SealcheckRunFailed' });
}
