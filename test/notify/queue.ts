/** A queue of moto, by SQS's own protocol: the package of its client is none of ours. */
export interface Queue {
  readonly url: string;
  readonly arn: string;
  /** What is in it, taken out. */
  readonly receive: () => Promise<readonly string[]>;
}

export async function createQueue(endpoint: string, name: string): Promise<Queue> {
  const call = async (action: string, body: object): Promise<{ readonly [key: string]: unknown }> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `AmazonSQS.${action}`,
        // moto tells the service and the region by it.
        Authorization: 'AWS4-HMAC-SHA256 Credential=FAKE/20261126/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=FAKE',
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${action}: HTTP ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { readonly [key: string]: unknown };
  };
  const Attributes = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
  const { QueueUrl } = await call('CreateQueue', { QueueName: name, Attributes });
  return {
    url: String(QueueUrl),
    arn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
    receive: async () => {
      const { Messages = [] } = await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      const messages = Messages as readonly { readonly Body: string; readonly ReceiptHandle: string }[];
      for (const { ReceiptHandle } of messages) await call('DeleteMessage', { QueueUrl, ReceiptHandle });
      return messages.map(({ Body }) => Body);
    },
  };
}
