import type { PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { UserError } from '../../model/errors.ts';
import { attemptAws } from '../aws-attempt.ts';
import type { ChannelKind } from '../channel.ts';
import { fitMessage } from '../fit-message.ts';
import { channelKey } from '../hashes.ts';
import type { Message } from '../message.ts';
import { plainText } from '../plain-text.ts';

/** Bytes: 256 KB for the message with its attributes, less room for these. */
const largestMessage = 250_000;
const largestSubject = 100;
const topic = '--sns-topic <arn>';

/**
 * A topic of SNS. Subscribers by e-mail and SMS get text, all others the JSON of a webhook. To a FIFO topic the id goes as the id that SNS
 * removes duplicates by.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const sns: ChannelKind = {
  kind: 'sns',
  options: [{ flag: topic, env: 'SEALCHECK_SNS_TOPIC', description: 'topic of SNS to publish to' }],
  open: (values) => {
    const arn = values[topic]?.trim();
    if (arn === undefined) return undefined;
    const region = /^arn:[a-z-]+:sns:([a-z0-9-]+):\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/.exec(arn)?.[1];
    if (region === undefined) {
      throw new UserError('usage', 'the topic of --sns-topic is not the ARN of one', {
        hint: 'write it as arn:aws:sns:us-east-1:123456789012:NAME',
      });
    }
    let client: SNSClient | undefined;
    return {
      kind: 'sns',
      key: channelKey('sns', arn),
      payload: (message) => publishInput(message, arn.endsWith('.fifo')),
      send: async (message, world, signal) => {
        const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
        client ??= new SNSClient({ region, maxAttempts: 1 });
        const command = new PublishCommand({ TopicArn: arn, ...publishInput(message, arn.endsWith('.fifo')) });
        const sender = client;
        return await attemptAws(
          async (abortSignal) => {
            await sender.send(command, { abortSignal });
            return { ok: true };
          },
          world,
          signal,
        );
      },
      close: () => client?.destroy(),
    };
  },
};

/** What is published, without where to. */
export function publishInput(message: Message, fifo: boolean): Omit<PublishCommandInput, 'TopicArn'> {
  const write = (one: Message): string => JSON.stringify({ default: JSON.stringify(one), email: plainText(one), sms: one.headline });
  return {
    Subject: subjectOf(message.headline),
    Message: write(fitMessage(message, largestMessage, (one) => Buffer.byteLength(write(one)))),
    MessageStructure: 'json',
    MessageAttributes: {
      id: { DataType: 'String', StringValue: message.id },
      kind: { DataType: 'String', StringValue: message.kind },
      outcome: { DataType: 'String', StringValue: message.run.outcome },
    },
    ...(fifo ? { MessageGroupId: 'sealcheck', MessageDeduplicationId: message.id } : {}),
  };
}

/** ASCII without controls, at most 100 characters: with another one SNS refuses the message. */
function subjectOf(headline: string): string {
  const ascii = headline.replace(/[^\x20-\x7e]/g, '?');
  return ascii.length <= largestSubject ? ascii : `${ascii.slice(0, largestSubject - 3)}...`;
}
