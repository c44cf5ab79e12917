import type { Protocol } from './protocol.ts';
import { ServiceError } from './service-error.ts';

/** AWS JSON 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). */
export const jsonProtocol: Protocol = {
  format: 'json',
  contentType: 'application/x-amz-json-1.1',
  parse: parseJson,
  success: (_operation, answer) => answer,
  failure: (error) => JSON.stringify({ __type: error.code, message: error.message }),
  denied: { code: 'AccessDeniedException', status: 400 },
  throttled: { code: 'ThrottlingException', status: 400 },
  expired: { code: 'ExpiredTokenException', status: 400 },
  unsigned: { code: 'MissingAuthenticationTokenException', status: 400 },
  regionDisabled: { code: 'UnrecognizedClientException', status: 400 },
  unknownOperation: { code: 'UnknownOperationException', status: 400 },
};

/** AWS JSON 1.0 (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html), as CloudWatch speaks it. */
export const json10Protocol: Protocol = { ...jsonProtocol, contentType: 'application/x-amz-json-1.0' };

/** AWS REST JSON 1 (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html), as Account Management speaks it. */
export const restJsonProtocol: Protocol = {
  ...jsonProtocol,
  contentType: 'application/json',
  denied: { code: 'AccessDeniedException', status: 403 },
  throttled: { code: 'TooManyRequestsException', status: 429 },
  expired: { code: 'ExpiredTokenException', status: 403 },
  unsigned: { code: 'MissingAuthenticationTokenException', status: 403 },
};

function parseJson(body: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body === '' ? '{}' : body);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new ServiceError('SerializationException', 'The body of the request is not a JSON object.');
}
