import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../model/errors.ts';
import type { Channel } from '../../notify/channel.ts';
import { retryLimits } from '../../notify/deliver.ts';
import { planMessage, tell, type TellContext, type Told } from '../../notify/tell.ts';
import { openConfig } from '../config/open-config.ts';
import { mergeSettings } from '../config/settings.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { ConfigOptions } from '../options.ts';
import { readRedaction, type RedactFlags } from '../read-redaction.ts';
import { redactMessage } from './redact-message.ts';
import { readChannels } from './read-channels.ts';
import { compareKept, openStateRuns } from './state-runs.ts';

export interface NotifyFlags extends RedactFlags, ConfigOptions {
  readonly stateDir?: string;
  /** Days; false: `--no-heartbeat`. */
  readonly heartbeat: number | false;
  readonly link?: string;
  readonly dryRun?: boolean;
}

/** Longest time of one attempt to send. */
const attemptMs = 15_000;

/** Tells each channel what is new to it. Throws UserError `notify-failed` once all have been tried. */
export async function runNotify(flags: NotifyFlags, io: Io): Promise<number> {
  const place = await statePlace(flags, io);
  if (place === undefined) {
    throw new UserError('usage', 'no state to tell of', { hint: 'name the --state-dir of the scans: a folder, or s3://BUCKET/PREFIX' });
  }
  const link = checkLink(flags.link);
  const channels = readChannels(flags as unknown as { readonly [name: string]: unknown }, io);
  const redact = readRedaction(flags, io);
  const runs = await openStateRuns(place, io);
  try {
    const newest = await runs.newest();
    if (newest === undefined) {
      throw new UserError('input-invalid', `no run is kept in ${runs.label}`, { hint: 'keep one with sealcheck scan --state-dir' });
    }
    const kept = new Map<number, ReturnType<typeof runs.runAt>>();
    const context: TellContext = {
      newest,
      runAt: (sequence) => {
        const run = kept.get(sequence) ?? runs.runAt(sequence);
        kept.set(sequence, run);
        return run;
      },
      compare: compareKept,
      records: runs.records,
      finish: (message) => (flags.redact === undefined ? message : redactMessage(message, newest.result, redact)),
      heartbeatDays: flags.heartbeat === false ? undefined : flags.heartbeat,
      link,
      world: { fetch: globalThis.fetch, now: io.now, sleep, random: () => Math.random(), attemptMs },
      limits: retryLimits,
      signal: io.signal,
    };
    if (flags.dryRun === true) {
      io.stdout.write(`${JSON.stringify(await Promise.all(channels.map((channel) => preview(channel, context))), null, 2)}\n`);
      return exitCode.compliant;
    }
    const outcomes = await Promise.all(channels.map((channel) => tellOne(channel, context)));
    for (const { kind, words } of outcomes) io.stderr.write(`${kind}: ${words}\n`);
    if (io.signal.aborted) return exitCode.interrupted;
    const failed = outcomes.filter((one) => one.failed);
    if (failed.length === 0) return exitCode.compliant;
    throw new UserError('notify-failed', failed.map(({ kind, words }) => `${kind}: ${words}`).join('; '), {
      hint: 'run notify again, or leave it to the next one: what was not told is told then',
    });
  } finally {
    for (const channel of channels) channel.close();
    runs.close();
  }
}

/** As for a scan: by the flag, the environment or the configuration. */
async function statePlace({ stateDir, ...flags }: NotifyFlags, { env }: Io): Promise<string | undefined> {
  const config = await openConfig(flags, env);
  return mergeSettings([], stateDir === undefined ? {} : { stateDir }, env, config).stateDir.value;
}

interface Outcome {
  readonly kind: string;
  readonly words: string;
  readonly failed: boolean;
}

/** One channel that fails does not keep the others from being told. */
async function tellOne(channel: Channel, context: TellContext): Promise<Outcome> {
  const { kind } = channel;
  try {
    const told = await tell(channel, context);
    return { kind, words: wordsOf(told), failed: told.kind === 'failed' || told.kind === 'unrecorded' };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind, words: error.message, failed: true };
  }
}

function wordsOf(told: Told): string {
  switch (told.kind) {
    case 'silent':
      return `nothing to tell: ${told.why}`;
    case 'told':
      return `told (${told.message.kind})`;
    case 'unrecorded':
      return `told (${told.message.kind}), but that could not be put down, so it is told again next time: ${told.why}`;
    case 'failed':
      return `not told, ${told.why}${told.attempts > 1 ? `, after ${told.attempts} attempts` : ''}`;
    default:
      return told satisfies never;
  }
}

async function preview(channel: Channel, context: TellContext): Promise<object> {
  const plan = await planMessage(channel, context);
  if (plan.kind === 'silent') return { channel: channel.kind, silent: plan.why };
  return { channel: channel.kind, kind: plan.message.kind, payload: channel.payload(plan.message) };
}

/** What people are led to: a web page, and nothing that could do more than that. Throws UserError. */
function checkLink(link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href.length > 2000) {
    throw new UserError('usage', '--link is not the URL of a page', { hint: 'write it as https://host/path' });
  }
  return url.href;
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
