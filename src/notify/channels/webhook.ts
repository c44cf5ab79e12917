import { createHmac } from 'node:crypto';
import { UserError } from '../../model/errors.ts';
import type { ChannelKind } from '../channel.ts';
import { fitMessage } from '../fit-message.ts';
import { channelKey } from '../hashes.ts';
import type { Message } from '../message.ts';
import { post } from '../post.ts';
import { targetUrl } from '../target-url.ts';

/** Bytes; what gateways in front of functions commonly take. */
const largestBody = 256_000;
/** So short a secret could be tried out. */
const leastSecretLength = 16;
const makeOne = 'make one with openssl rand -hex 32, and give it in SEALCHECK_WEBHOOK_SECRET or as --webhook-secret-file';
const url = '--webhook <url>';
const secret = '--webhook-secret-file <file>';

/**
 * Any receiver of ours or the user's: a POST of the message as JSON. It is signed as well-known webhooks are, with an HMAC-SHA256 over the
 * time and the body, so that a receiver can tell who sent it, that it is as it was sent, and that nobody sends it again later.
 */
export const webhook: ChannelKind = {
  kind: 'webhook',
  options: [
    { flag: url, env: 'SEALCHECK_WEBHOOK_URL', description: 'URL to post to, best in SEALCHECK_WEBHOOK_URL' },
    {
      flag: secret,
      env: 'SEALCHECK_WEBHOOK_SECRET',
      ofFile: true,
      description: 'file with the secret that signs it, or SEALCHECK_WEBHOOK_SECRET',
    },
  ],
  open: (values) => {
    const target = values[url];
    if (target === undefined) return undefined;
    const to = targetUrl(target, 'the webhook');
    const key = values[secret]?.trim() ?? '';
    if (key === '')
      throw new UserError('usage', 'the webhook needs a secret: without one nobody can tell who sent a message', { hint: makeOne });
    if (key.length < leastSecretLength) {
      throw new UserError('usage', `the secret of the webhook is too short: it has fewer than ${leastSecretLength} characters`, {
        hint: makeOne,
      });
    }
    return {
      kind: 'webhook',
      key: channelKey('webhook', to.href),
      payload,
      send: (message, world, signal) => {
        const body = JSON.stringify(payload(message));
        const timestamp = String(Math.floor(world.now() / 1000));
        const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
        const headers = {
          'Idempotency-Key': message.id,
          'X-Sealcheck-Timestamp': timestamp,
          'X-Sealcheck-Signature': `sha256=${signature}`,
        };
        return post(to, body, headers, world, signal);
      },
      close: () => undefined,
    };
  },
};

function payload(message: Message): Message {
  return fitMessage(message, largestBody, (one) => Buffer.byteLength(JSON.stringify(one)));
}
