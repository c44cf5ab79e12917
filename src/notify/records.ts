import { messageKinds, type MessageKind } from './message.ts';

/** As much of a state as records need; a StateStore has it. */
export interface RecordStore {
  readonly read: (key: string) => Promise<Buffer | undefined>;
  readonly putIfAbsent: (key: string, bytes: Buffer) => Promise<boolean>;
  readonly put: (key: string, bytes: Buffer) => Promise<void>;
  readonly list: (prefix: string) => Promise<readonly string[]>;
}

/** That a channel was told of a run. */
export interface TellRecord {
  readonly runId: string;
  /** When it was told, ISO 8601. */
  readonly at: string;
  readonly kind: MessageKind;
}

/** What a channel was told before this run of `notify`. */
export interface ToldBefore {
  /** The last run that it was told of. Absent: of none in this state. */
  readonly base?: { readonly sequence: number; readonly runId: string };
  /** When it was last told anything, epoch milliseconds, and what. */
  readonly lastAt?: number;
  readonly lastKind?: MessageKind;
  /** How many messages it had about the newest run. */
  readonly aboutNewest: number;
}

/**
 * Reads what a channel was told. Records are `notified/<channel key>/<sequence, 8 digits>.json`, and with `-2`, `-3` after the digits for
 * heartbeats about a run that it was told of before.
 */
export async function readTold(
  store: RecordStore,
  channelKey: string,
  newest: { readonly sequence: number; readonly runId: string },
): Promise<ToldBefore> {
  const prefix = folderOf(channelKey);
  const names = (await store.list(prefix))
    .flatMap((key) => {
      const [, digits, ordinal] = /^(\d{8,})(?:-(\d{1,6}))?\.json$/.exec(key.slice(prefix.length)) ?? [];
      return digits === undefined ? [] : [{ key, sequence: Number(digits), ordinal: Number(ordinal ?? 1) }];
    })
    // What is beyond the newest run is of a state that was there before.
    .filter(({ sequence }) => sequence <= newest.sequence)
    .toSorted((a, b) => b.sequence - a.sequence || b.ordinal - a.ordinal);
  for (const { key, sequence, ordinal } of names) {
    const record = parseRecord(await store.read(key));
    const ofNewest = sequence === newest.sequence;
    // A spoilt one, or one of a state that was there before.
    if (record === undefined || (ofNewest && record.runId !== newest.runId)) continue;
    const { runId, at, kind } = record;
    return { base: { sequence, runId }, lastAt: Date.parse(at), lastKind: kind, aboutNewest: ofNewest ? ordinal : 0 };
  }
  return { aboutNewest: 0 };
}

/**
 * Puts down that a channel was told. One that is there already stays, so that of two processes the first counts; but for one of another run
 * under the same number, which a state that began anew has left.
 */
export async function writeRecord(
  store: RecordStore,
  channelKey: string,
  { sequence, ordinal }: { readonly sequence: number; readonly ordinal: number },
  record: TellRecord,
): Promise<void> {
  const key = `${folderOf(channelKey)}${String(sequence).padStart(8, '0')}${ordinal === 1 ? '' : `-${ordinal}`}.json`;
  const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
  if (await store.putIfAbsent(key, bytes)) return;
  if (parseRecord(await store.read(key))?.runId !== record.runId) await store.put(key, bytes);
}

function folderOf(channelKey: string): string {
  return `notified/${channelKey}/`;
}

/** Undefined for what is none: the channel is told again then. */
function parseRecord(bytes: Buffer | undefined): TellRecord | undefined {
  if (bytes === undefined) return undefined;
  try {
    const { runId, at, kind } = JSON.parse(bytes.toString('utf8')) as { readonly [name: string]: unknown };
    if (typeof runId !== 'string' || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return undefined;
    const known = messageKinds.find((one) => one === kind);
    return known === undefined ? undefined : { runId, at, kind: known };
  } catch {
    return undefined;
  }
}
