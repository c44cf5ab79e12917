import type { Protocol } from './protocol.ts';
import { element, textElement } from './xml.ts';

/** AWS Query (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html) with the XML namespace of a service. */
export function queryProtocol(namespace: string): Protocol {
  return {
    format: 'xml',
    contentType: 'text/xml',
    parse: (body) => Object.fromEntries(new URLSearchParams(body)),
    success: (operation, answer, requestId) =>
      `<${operation}Response xmlns="${namespace}">${element(`${operation}Result`, answer)}${element(
        'ResponseMetadata',
        textElement('RequestId', requestId),
      )}</${operation}Response>`,
    failure: (error, requestId) => {
      const type = textElement('Type', error.status < 500 ? 'Sender' : 'Receiver');
      const details = type + textElement('Code', queryCodes[error.code] ?? error.code) + textElement('Message', error.message);
      return `<ErrorResponse xmlns="${namespace}">${element('Error', details)}${textElement('RequestId', requestId)}</ErrorResponse>`;
    },
    denied: { code: 'AccessDenied', status: 403 },
    throttled: { code: 'Throttling', status: 400 },
    expired: { code: 'ExpiredToken', status: 403 },
    unsigned: { code: 'MissingAuthenticationToken', status: 403 },
    regionDisabled: { code: 'InvalidClientTokenId', status: 403 },
    unknownOperation: { code: 'InvalidAction', status: 400 },
  };
}

const ec2Namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** The query protocol as EC2 speaks it (https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html): nothing is wrapped around an answer. */
export const ec2Protocol: Protocol = {
  ...queryProtocol(ec2Namespace),
  success: (operation, answer, requestId) =>
    `<${operation}Response xmlns="${ec2Namespace}">${textElement('requestId', requestId)}${answer}</${operation}Response>`,
  failure: (error, requestId) => {
    const details = element('Error', textElement('Code', error.code) + textElement('Message', error.message));
    return element('Response', element('Errors', details) + textElement('RequestID', requestId));
  },
  denied: { code: 'UnauthorizedOperation', status: 403 },
  throttled: { code: 'RequestLimitExceeded', status: 503 },
  expired: { code: 'RequestExpired', status: 400 },
  unsigned: { code: 'MissingAuthenticationToken', status: 403 },
  regionDisabled: { code: 'AuthFailure', status: 401 },
};

/** What query services call what the operations throw. */
const queryCodes: Readonly<Record<string, string>> = { ValidationException: 'ValidationError' };

/** A list in a query: `Name.member.1`, `Name.member.2` and so on. */
export function queryList(input: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const items: string[] = [];
  for (let index = 1; ; index += 1) {
    const item = input[`${name}.member.${index}`];
    if (typeof item !== 'string') return items;
    items.push(item);
  }
}
