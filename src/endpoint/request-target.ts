import type { IncomingHttpHeaders } from 'node:http';
import type { AccountIndex } from './account-index.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { Operation } from './operation.ts';
import { services, type Service } from './services.ts';
import { accountOfKey } from './session.ts';

/** An HTTP request, read whole. */
export interface RawRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Where a request goes: read from its signature, which is not verified. */
export interface Target {
  readonly serviceName: string;
  readonly service: Service;
  readonly operationName: string;
  /** Absent: not served here. */
  readonly operation?: Operation;
  readonly account: AccountIndex;
  readonly region: string;
  readonly sessionToken?: string;
  readonly isSigned: boolean;
}

const unknownService: Service = { protocol: jsonProtocol, operations: {} };

/** The account of the access key id where that names one, else `fallback`. */
export function readTarget(request: RawRequest, accounts: ReadonlyMap<string, AccountIndex>, fallback: AccountIndex): Target {
  const { headers } = request;
  // Credential=AKID/20260101/us-east-1/secretsmanager/aws4_request
  const scope = /Credential=([^/,\s]+)\/\d+\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(headers.authorization ?? '');
  const [, keyId = '', region = '', serviceName = 'unknown'] = scope ?? [];
  const service = Object.hasOwn(services, serviceName) ? services[serviceName] : undefined;
  const operationName = operationOf(request);
  const known = service !== undefined && Object.hasOwn(service.operations, operationName) ? service.operations[operationName] : undefined;
  const token = headers['x-amz-security-token'];
  return {
    serviceName,
    service: service ?? unknownService,
    operationName,
    account: accounts.get(accountOfKey(keyId) ?? '') ?? fallback,
    region,
    isSigned: scope !== null,
    ...(known === undefined ? {} : { operation: known }),
    ...(typeof token === 'string' ? { sessionToken: token } : {}),
  };
}

/** The operation by the X-Amz-Target of JSON 1.1, the Action of a query, or the path of REST. */
function operationOf(request: RawRequest): string {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  if (request.path !== '/') return restOperations[request.path] ?? request.path;
  return new URLSearchParams(request.body).get('Action') ?? 'unknown';
}

const restOperations: Readonly<Record<string, string>> = { '/listRegions': 'ListRegions' };
