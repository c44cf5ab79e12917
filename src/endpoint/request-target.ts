import type { IncomingHttpHeaders } from 'node:http';
import type { AccountIndex } from './account-index.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { Operation } from './operation.ts';
import { services, signingNames, type Service } from './services.ts';
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
  /** What the address itself asks for, in REST: fields of the path and of the query. */
  readonly pathInput: Readonly<Record<string, string>>;
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
  const [, keyId = '', region = '', signedName = 'unknown'] = scope ?? [];
  const serviceName = signingNames.get(signedName) ?? signedName;
  const service = Object.hasOwn(services, serviceName) ? services[serviceName] : undefined;
  const { operationName, pathInput } = operationOf(request);
  const known = service !== undefined && Object.hasOwn(service.operations, operationName) ? service.operations[operationName] : undefined;
  const token = headers['x-amz-security-token'];
  return {
    serviceName,
    service: service ?? unknownService,
    operationName,
    pathInput,
    account: accounts.get(accountOfKey(keyId) ?? '') ?? fallback,
    region,
    isSigned: scope !== null,
    ...(known === undefined ? {} : { operation: known }),
    ...(typeof token === 'string' ? { sessionToken: token } : {}),
  };
}

/** The operation by the X-Amz-Target of JSON 1.1, the Action of a query, or the path of REST, which holds input too. */
function operationOf(request: RawRequest): Pick<Target, 'operationName' | 'pathInput'> {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return { operationName: target.slice(target.lastIndexOf('.') + 1), pathInput: {} };
  if (request.path !== '/') return restOperation(request.path);
  return { operationName: new URLSearchParams(request.body).get('Action') ?? 'unknown', pathInput: {} };
}

function restOperation(target: string): Pick<Target, 'operationName' | 'pathInput'> {
  const { pathname, searchParams } = new URL(target, 'http://endpoint');
  for (const [operationName, path] of restPaths) {
    const match = path.exec(pathname);
    if (match === null) continue;
    const inPath = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)] as const);
    return { operationName, pathInput: Object.fromEntries([...searchParams, ...inPath]) };
  }
  return { operationName: pathname, pathInput: {} };
}

/** Operations of REST services by their paths; a group is a field of the input. */
const restPaths: readonly (readonly [string, RegExp])[] = [
  ['ListRegions', /^\/listRegions$/],
  ['GetFunctionConfiguration', /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/configuration$/],
  ['GetPolicy', /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/policy$/],
  ['ListFunctions', /^\/2015-03-31\/functions\/?$/],
  ['ListTags', /^\/2017-03-31\/tags\/(?<Resource>[^/]+)$/],
];
