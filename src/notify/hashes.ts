import { createHash } from 'node:crypto';
import type { MessageKind } from './message.ts';

/** The key of a channel in records: 32 hex digits, from which no target can be read. */
export function channelKey(kind: string, target: string): string {
  return sha256([kind, target]).slice(0, 32);
}

/** The id of a message: the same however often it is sent. `ordinal` counts the messages about one run. */
export function messageId(channel: string, runId: string, kind: MessageKind, ordinal: number): string {
  return sha256([channel, runId, kind, ordinal]);
}

function sha256(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
