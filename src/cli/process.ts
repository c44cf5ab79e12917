import { exitCode as exitCodes } from './exit-code.ts';
import type { Io, Output } from './io.ts';
import { main } from './main.ts';
import { hasLinks } from './terminal-links.ts';

export { main };

/** Runs the command line in this process and ends it with its exit code. */
export async function run(args: readonly string[]): Promise<never> {
  return await endProcess(await main(args, processIo()));
}

/** The world of this process. To be called once: it listens to signals and to its streams. */
export function processIo(): Io {
  // The SDK announces the end of its support for Node 20 on stderr, in the middle of our lines.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  for (const stream of [process.stdout, process.stderr]) {
    // Whoever reads us may stop early, as `head` does. The run goes on, for its files and its exit code.
    stream.on('error', ({ code = 'an error' }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
      if (stream === process.stdout) process.stderr.write(`error: cannot write to standard output: ${code}\n`);
      process.exit(exitCodes.failed);
    });
  }
  const controller = new AbortController();
  let waiting = false;
  process.on('SIGINT', () => {
    // Nothing has been read yet that could be judged in part.
    if (waiting) process.exit(exitCodes.interrupted);
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  });
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env: process.env,
    readStdin: async () => {
      waiting = true;
      const bytes = await readAll();
      waiting = false;
      return bytes;
    },
    signal: controller.signal,
    now: () => Date.now(),
  };
}

/** Ends this process once all that was written has been taken. */
export async function endProcess(exitCode: number): Promise<never> {
  process.exitCode = exitCode;
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))));
  // Not left to the event loop: a connection that hangs must not keep a finished run alive.
  process.exit(exitCode);
}

function outputOf(stream: NodeJS.WriteStream): Output {
  const { env } = process;
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const plain = (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') || env['TERM'] === 'dumb' || !stream.isTTY;
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : 100,
    color: forced || !plain,
    links: hasLinks(env, stream.isTTY),
  };
}

async function readAll(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
