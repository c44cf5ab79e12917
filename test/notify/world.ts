import { retryLimits } from '../../src/notify/deliver.ts';
import type { Attempt, Channel, World } from '../../src/notify/channel.ts';
import { channelKey } from '../../src/notify/hashes.ts';
import type { Message } from '../../src/notify/message.ts';
import type { StateStore } from '../../src/state/state-store.ts';
import type { TellContext } from '../../src/notify/tell.ts';
import { compareKept } from '../../src/cli/notify/state-runs.ts';
import type { RunState } from '../../src/model/run-state.ts';

export const never = new AbortController().signal;

/** A clock that moves only when somebody sleeps, or is told to. */
export function fakeWorld(start = Date.UTC(2026, 10, 2, 9)): World & { readonly slept: number[]; readonly setTime: (iso: string) => void } {
  let now = start;
  const slept: number[] = [];
  return {
    fetch: globalThis.fetch,
    now: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    random: () => 0.5,
    attemptMs: 5_000,
    slept,
    setTime: (iso) => {
      now = Date.parse(iso);
    },
  };
}

/** A state in memory. */
export function memoryStore(): StateStore & { readonly objects: Map<string, Buffer> } {
  const objects = new Map<string, Buffer>();
  return {
    objects,
    label: 'memory/',
    read: (key) => Promise.resolve(objects.get(key)),
    putIfAbsent: (key, bytes) => {
      const free = !objects.has(key);
      if (free) objects.set(key, bytes);
      return Promise.resolve(free);
    },
    put: (key, bytes) => Promise.resolve(void objects.set(key, bytes)),
    list: (prefix) => Promise.resolve([...objects.keys()].filter((key) => key.startsWith(prefix)).sort()),
    remove: (key) => Promise.resolve(void objects.delete(key)),
    close: () => undefined,
  };
}

/** A channel that keeps what it was sent, and answers as it is told: always well when nothing is said. */
export function fakeChannel(kind = 'fake'): Channel & { readonly sent: Message[]; answer: Attempt } {
  const sent: Message[] = [];
  const channel = {
    kind,
    key: channelKey(kind, 'https://example.com/FAKE'),
    sent,
    answer: { ok: true } as Attempt,
    payload: (message: Message) => message,
    send: (message: Message) => {
      if (channel.answer.ok) sent.push(message);
      return Promise.resolve(channel.answer);
    },
    close: () => undefined,
  };
  return channel;
}

/** What telling needs, with the runs that are kept. The last of them is the newest. */
export function contextOf(runs: readonly RunState[], store: StateStore, world: World, more: Partial<TellContext> = {}): TellContext {
  const newest = runs.at(-1);
  if (newest === undefined) throw new Error('no run');
  return {
    newest,
    runAt: (sequence) => Promise.resolve(runs.find((run) => run.sequence === sequence)),
    compare: compareKept,
    records: store,
    finish: (message) => message,
    heartbeatDays: 7,
    link: undefined,
    limits: retryLimits,
    signal: never,
    world,
    ...more,
  };
}
