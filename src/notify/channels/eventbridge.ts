import type { EventBridgeClient, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { UserError } from '../../model/errors.ts';
import { attemptAws, refused } from '../aws-attempt.ts';
import type { ChannelKind } from '../channel.ts';
import { fitMessage } from '../fit-message.ts';
import { channelKey } from '../hashes.ts';
import type { Message, MessageKind } from '../message.ts';

/** Bytes: an entry may have 262,144 with its source, type and time. */
const largestDetail = 250_000;
const bus = '--event-bus <name>';

const detailTypes: { readonly [kind in MessageKind]: string } = {
  summary: 'Sealcheck Summary',
  change: 'Sealcheck Findings Changed',
  heartbeat: 'Sealcheck Heartbeat',
  stale: 'Sealcheck Runs Stale',
};

/**
 * An event bus. The detail is the JSON of a webhook; EventBridge gives an event that is sent again another id of its own, so rules and
 * targets go by `detail.id`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const eventbridge: ChannelKind = {
  kind: 'eventbridge',
  options: [{ flag: bus, env: 'SEALCHECK_EVENT_BUS', description: 'event bus of EventBridge to put events to, by name or ARN' }],
  open: (values) => {
    const name = values[bus]?.trim();
    if (name === undefined) return undefined;
    const region = /^arn:[a-z-]+:events:([a-z0-9-]+):\d{12}:event-bus\/[A-Za-z0-9._/-]+$/.exec(name)?.[1];
    if (region === undefined && !/^[A-Za-z0-9._/-]{1,256}$/.test(name)) {
      throw new UserError('usage', 'the bus of --event-bus is neither the name nor the ARN of one', {
        hint: 'write it as default, or as arn:aws:events:us-east-1:123456789012:event-bus/NAME',
      });
    }
    let client: EventBridgeClient | undefined;
    return {
      kind: 'eventbridge',
      key: channelKey('eventbridge', name),
      payload: eventEntry,
      send: async (message, world, signal) => {
        const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
        client ??= new EventBridgeClient({ ...(region === undefined ? {} : { region }), maxAttempts: 1 });
        const command = new PutEventsCommand({ Entries: [{ EventBusName: name, ...eventEntry(message) }] });
        const sender = client;
        return await attemptAws(
          async (abortSignal) => {
            const { FailedEntryCount = 0, Entries = [] } = await sender.send(command, { abortSignal });
            // The call succeeds although its entry may have failed.
            const [first] = Entries;
            return FailedEntryCount > 0 || first?.EventId === undefined ? refused(first?.ErrorCode) : { ok: true };
          },
          world,
          signal,
        );
      },
      close: () => client?.destroy(),
    };
  },
};

/** What is put, without where to. */
export function eventEntry(message: Message): Omit<PutEventsRequestEntry, 'EventBusName'> {
  const fitting = fitMessage(message, largestDetail, (one) => Buffer.byteLength(JSON.stringify(one)));
  return { Source: 'sealcheck', DetailType: detailTypes[message.kind], Detail: JSON.stringify(fitting) };
}
