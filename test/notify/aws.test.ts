import { EventBridgeClient, CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/notify/channel.ts';
import { eventbridge, eventEntry } from '../../src/notify/channels/eventbridge.ts';
import { publishInput, sns } from '../../src/notify/channels/sns.ts';
import { findChanges } from '../../src/notify/find-changes.ts';
import { makeMessage } from '../../src/notify/make-message.ts';
import type { Message } from '../../src/notify/message.ts';
import { tell, type Told } from '../../src/notify/tell.ts';
import { describeWithMoto } from '../support/moto.ts';
import { createQueue, type Queue } from './queue.ts';
import { startReceiver, type Reply } from './receiver.ts';
import { change, comparedRuns, keptRun, secret } from './runs.ts';
import { contextOf, fakeWorld, memoryStore } from './world.ts';

const topicArn = 'arn:aws:sns:us-east-1:123456789012:findings';
const busArn = 'arn:aws:events:us-east-1:123456789012:event-bus/findings';

function useEndpoint(url: string): void {
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: url, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ AWS_ACCESS_KEY_ID: 'AKIAFAKE123456789012', AWS_SECRET_ACCESS_KEY: 'FAKE' },
  });
}

function open(kind: 'sns' | 'eventbridge', target: string): Channel {
  const channel = kind === 'sns' ? sns.open({ '--sns-topic <arn>': target }) : eventbridge.open({ '--event-bus <name>': target });
  if (channel === undefined) throw new Error('no channel');
  return channel;
}

async function tellOnce(channel: Channel, world = fakeWorld()): Promise<Told> {
  return await tell(channel, contextOf([keptRun(1, [secret('a')])], memoryStore(), world));
}

/** As large as a message can be: forty of each, with names of four bytes a character. */
function largeMessage(): Message {
  const wide = '\u{1f511}"'.repeat(1000);
  const many = Array.from({ length: 40 }, (_, index) =>
    change(secret(`${index}${wide}`), { title: wide, scope: wide, address: wide, itemKey: wide }),
  );
  const delta = { new: many, reopened: many, unverified: many, fixed: many, waived: many };
  const compared = comparedRuns(keptRun(1, []), keptRun(2, []), delta, many);
  return { ...makeMessage({ kind: 'change', compared, changes: findChanges(compared) }), id: '0'.repeat(64) };
}

await describeWithMoto('on moto', (moto) => {
  let client: SNSClient;
  let plain: Queue;
  let fifo: Queue;
  let events: Queue;
  beforeAll(async () => {
    useEndpoint(moto.url);
    client = new SNSClient();
    [plain, fifo, events] = (await Promise.all(['plain', 'ordered.fifo', 'events'].map((name) => createQueue(moto.url, name)))) as [
      Queue,
      Queue,
      Queue,
    ];
    for (const [topic, queue] of [
      ['findings', plain],
      ['findings.fifo', fifo],
    ] as const) {
      const Attributes = topic.endsWith('.fifo') ? { FifoTopic: 'true' } : {};
      const { TopicArn } = await client.send(new CreateTopicCommand({ Name: topic, Attributes }));
      await client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn }));
    }
    const bridge = new EventBridgeClient();
    await bridge.send(new CreateEventBusCommand({ Name: 'findings' }));
    for (const EventBusName of ['findings', 'default']) {
      const EventPattern = JSON.stringify({ source: ['sealcheck'], detail: { run: { outcome: ['violations'] } } });
      await bridge.send(new PutRuleCommand({ Name: 'all', EventBusName, EventPattern }));
      await bridge.send(new PutTargetsCommand({ Rule: 'all', EventBusName, Targets: [{ Id: 'queue', Arn: events.arn }] }));
    }
  });

  it('SNS delivers the JSON, with the id as an attribute', async () => {
    const told = await tellOnce(open('sns', topicArn));
    expect(told).toMatchObject({ kind: 'told', attempts: 1 });
    const [body] = await plain.receive();
    const delivered = JSON.parse(body ?? '') as { readonly Subject: string; readonly Message: string; readonly MessageAttributes: object };
    const message = JSON.parse(delivered.Message) as Message;
    expect(message).toMatchObject({ schemaVersion: 1, kind: 'summary', worst: { count: 1, first: [{ name: 'a' }] } });
    expect(delivered.Subject).toBe(message.headline);
    expect(delivered.MessageAttributes).toEqual({
      id: { Type: 'String', Value: message.id },
      kind: { Type: 'String', Value: 'summary' },
      outcome: { Type: 'String', Value: 'violations' },
    });
  });

  it('a FIFO topic takes it too', async () => {
    expect(await tellOnce(open('sns', `${topicArn}.fifo`))).toMatchObject({ kind: 'told' });
    const [body] = await fifo.receive();
    expect(JSON.parse((JSON.parse(body ?? '') as { readonly Message: string }).Message)).toMatchObject({ kind: 'summary' });
  });

  it('a topic that is not there is said by its error, once, without the topic', async () => {
    const told = await tellOnce(open('sns', 'arn:aws:sns:us-east-1:123456789012:FAKE'));
    expect(told).toMatchObject({ kind: 'failed', attempts: 1, why: expect.stringMatching(/^NotFound\w*, HTTP 404$/) as unknown });
    expect(JSON.stringify(told)).not.toMatch(/FAKE|arn:aws:sns/);
  });

  it.each(['findings', 'default', busArn])('EventBridge delivers the event to a rule: bus %s', async (bus) => {
    expect(await tellOnce(open('eventbridge', bus))).toMatchObject({ kind: 'told', attempts: 1 });
    const [body] = await events.receive();
    const event = JSON.parse(body ?? '') as { readonly detail: Message };
    expect(event).toMatchObject({ source: 'sealcheck', 'detail-type': 'Sealcheck Summary', detail: { schemaVersion: 1, kind: 'summary' } });
    expect(event.detail.id).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('what AWS answers', () => {
  const failedEntry = (ErrorCode: string): string =>
    JSON.stringify({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage: 'FAKE' }] });
  const json = { 'Content-Type': 'application/x-amz-json-1.1' };
  const error = (status: number, name: string): Reply => ({
    status,
    headers: json,
    body: JSON.stringify({ __type: name, message: 'FAKE' }),
  });
  const well: Reply = { status: 200, headers: json, body: JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: 'an-id' }] }) };
  it.each<readonly [name: string, replies: readonly Reply[], told: object]>([
    [
      'an entry that is throttled',
      [{ status: 200, headers: json, body: failedEntry('ThrottlingException') }, well],
      { kind: 'told', attempts: 2 },
    ],
    [
      'an entry that fails within',
      [{ status: 200, headers: json, body: failedEntry('InternalFailure') }, well],
      { kind: 'told', attempts: 2 },
    ],
    [
      'an entry that is refused',
      [{ status: 200, headers: json, body: failedEntry('NotAuthorizedForSourceException') }],
      { kind: 'failed', attempts: 1, why: 'NotAuthorizedForSourceException' },
    ],
    ['an answer without an entry', [{ status: 200, headers: json, body: '{}' }], { kind: 'failed', attempts: 1, why: 'refused' }],
    ['a call that is throttled', [error(400, 'ThrottlingException'), well], { kind: 'told', attempts: 2 }],
    ['a service that is down', [{ status: 503 }, error(500, 'InternalException'), well], { kind: 'told', attempts: 3 }],
    ['a connection that breaks', ['drop', well], { kind: 'told', attempts: 2 }],
    [
      'a call that is denied',
      [error(400, 'AccessDeniedException')],
      { kind: 'failed', attempts: 1, why: 'AccessDeniedException, HTTP 400' },
    ],
  ])('%s', async (_name, replies, expected) => {
    const { url } = await startReceiver(...replies);
    useEndpoint(url);
    const channel = open('eventbridge', 'findings');
    const told = await tellOnce(channel);
    channel.close();
    expect(told).toMatchObject(expected);
    expect(JSON.stringify({ ...told, message: undefined })).not.toContain('FAKE');
  });

  it('never comes: it is not waited for without end', async () => {
    const { url } = await startReceiver('hang', well);
    useEndpoint(url);
    const world = { ...fakeWorld(), attemptMs: 300 };
    const channel = open('eventbridge', 'findings');
    expect(await tell(channel, contextOf([keptRun(1, [secret('a')])], memoryStore(), world))).toMatchObject({ kind: 'told', attempts: 2 });
    channel.close();
  });

  it.each([
    ['sns', 'findings'],
    ['sns', 'arn:aws:sqs:us-east-1:123456789012:findings'],
    ['sns', 'arn:aws:sns:us-east-1:123456789012:findings:0f3c2a1e-FAKE'],
    ['eventbridge', 'arn:aws:events:us-east-1:123456789012:rule/findings'],
    ['eventbridge', 'two words'],
  ] as const)('is not asked for where the target of %s is none: %s', (kind, target) => {
    expect(() => open(kind, target)).toThrow(expect.objectContaining({ code: 'usage' }) as Error);
  });
});

describe('what AWS takes', () => {
  const large = largeMessage();
  it('of SNS: 256 KB in all, a subject of 100 characters of ASCII', () => {
    const { Message: text = '', Subject = '', MessageAttributes } = publishInput({ ...large, headline: `é\n${'x'.repeat(200)}` }, true);
    expect(Buffer.byteLength(text + JSON.stringify(MessageAttributes))).toBeLessThanOrEqual(256 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(50_000);
    expect(Subject).toMatch(/^[\x20-\x7e]{100}$/);
    const parts = JSON.parse(text) as { readonly [protocol: string]: string };
    expect(Object.keys(parts)).toEqual(['default', 'email', 'sms']);
    expect((JSON.parse(parts['default'] ?? '') as Message).changes.new.count).toBe(40);
  });

  it('of SNS: the id removes duplicates of a FIFO topic, and of that alone', () => {
    expect(publishInput(large, true)).toMatchObject({ MessageGroupId: 'sealcheck', MessageDeduplicationId: large.id });
    expect(publishInput(large, false)).not.toHaveProperty('MessageDeduplicationId');
  });

  it('of EventBridge: 256 KB for an entry', () => {
    const { Source, DetailType, Detail } = eventEntry(large);
    expect([Source, DetailType]).toEqual(['sealcheck', 'Sealcheck Findings Changed']);
    expect(Buffer.byteLength(`${Detail}${Source}${DetailType}`) + 14).toBeLessThanOrEqual(256 * 1024);
  });
});
