import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { lambdaFunction } from '../../resources/lambda-function.ts';
import type { AttributesOf } from '../../resources/resource-type.ts';
import { expected, requireList, requireText } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { toUnknown } from './failures.ts';
import { environmentReader, type DescribeEnvironment } from './live-environment.ts';
import { readListing } from './pages.ts';
import { readTagMap } from './tag-map.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'lambda:ListFunctions';
const tagging = 'lambda:ListTags';
const type = lambdaFunction.name;

const details = [{ operation: tagging, provides: ['tags'] }] as const;

export const lambdaFunctionCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectFunctions,
};

type FunctionAttributes = AttributesOf<typeof lambdaFunction>;

/** A function without the text of its variables. */
interface ListedFunction extends Pick<FunctionAttributes, 'environment' | 'role'> {
  readonly name: string;
  readonly arn: string;
}

async function collectFunctions(scope: ScopeReader): Promise<readonly Resource[]> {
  const functions = await listFunctions(scope);
  const tags = await readFunctionTags(scope, functions);
  const { partition, account, region } = scope;
  return functions.map((one) => {
    const { name, arn, environment, role } = one;
    const attributes: FunctionAttributes = { name, account, region, tags: tags.get(one) ?? notCollected(tagging), environment, role };
    return { type, address: arn, name, partition, account, region, attributes };
  });
}

async function listFunctions(scope: ScopeReader): Promise<readonly ListedFunction[]> {
  const api = await scope.clients.lambda();
  const describe = await environmentReader(scope, type, list);
  const { items } = await readListing(scope, list, async (marker, signal) => {
    const page = await api.listFunctions(marker, signal);
    const entries = checkEach(requireList(page.Functions, 'Functions'), {
      FunctionName: 'text',
      FunctionArn: 'arn',
      Role: 'text',
      Environment: 'record',
    });
    const functions: ListedFunction[] = [];
    for (const entry of entries) {
      functions.push({
        name: requireText(entry.FunctionName, 'FunctionName'),
        arn: requireText(entry.FunctionArn, 'FunctionArn'),
        role: expected(entry.Role, 'Role', list),
        environment: await readEnvironment(entry.Environment, describe),
      });
    }
    return { items: functions, next: page.NextMarker };
  });
  return uniqueBy(items, ({ arn }) => arn);
}

async function readEnvironment(
  environment: FunctionConfiguration['Environment'],
  describe: DescribeEnvironment,
): Promise<FunctionAttributes['environment']> {
  checkFields(environment, { Variables: 'record', Error: 'record' });
  if (environment?.Error) return notDecrypted(environment.Error.ErrorCode);
  return await describe(Object.entries(environment?.Variables ?? {}).map(([name, text]) => ({ name, value: { text } })));
}

/** The key of the environment is not the caller's to use; Lambda says so beside the function. */
function notDecrypted(code: unknown): Unknown {
  const said = typeof code === 'string' && /^[A-Za-z]{1,64}$/.test(code) ? `: ${code}` : '';
  const detail = `Lambda could not decrypt the environment${said}`;
  return said.startsWith(': AccessDenied')
    ? new Unknown('access-denied', detail, 'kms:Decrypt')
    : new Unknown('request-failed', detail, list);
}

async function readFunctionTags(
  scope: ScopeReader,
  functions: readonly ListedFunction[],
): Promise<ReadonlyMap<ListedFunction, Maybe<{ readonly [key: string]: string }>>> {
  if (!wantsDetail({ type, details }, scope, tagging)) return new Map();
  const api = await scope.clients.lambda();
  return await readEach(scope, tagging, functions, async ({ arn }) => {
    const answer = await scope.calls.make(tagging, async (signal) => readTagMap((await api.listTags(arn, signal)).Tags));
    return answer.ok ? answer.value : toUnknown(answer.failure);
  });
}
