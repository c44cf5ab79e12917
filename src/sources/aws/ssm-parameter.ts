import type { Resource } from '../../model/resource.ts';
import type { Maybe } from '../../model/unknown.ts';
import { Unknown } from '../../model/unknown.ts';
import { parsePolicyDocument } from '../../resources/iam-document.ts';
import { parseParameterPolicies, readParameterPolicies } from '../../resources/parameter-policies.ts';
import { ssmParameter, type ParameterAttributes } from '../../resources/ssm-parameter.ts';
import { expected, expectedTime, expectedWord, readTags, requireList } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import { readEach } from './each.ts';
import { encryptionDetails, readEncryption, wantedEncryption } from './encryption.ts';
import { toUnknown } from './failures.ts';
import { listParameters, type ListedParameter } from './parameter-list.ts';
import { readPages } from './pages.ts';
import { inspectValues, unknownValue, type InspectedValue } from './parameter-values.ts';

const list = 'ssm:DescribeParameters';
const type = ssmParameter.name;
const parameterTypes = ['String', 'StringList', 'SecureString'] as const;

const details = [
  { operation: 'ssm:ListTagsForResource', provides: ['tags'] },
  { operation: 'ssm:GetParameters', provides: ['value'], flag: 'inspectValues' },
  { operation: 'ssm:GetResourcePolicies', provides: ['statements'] },
  ...encryptionDetails('encryption', { rotation: false }),
] as const;

export const ssmParameterCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectParameters,
};

/** What a live account can tell; `readScope` puts in that it cannot tell the rest. */
type LiveParameter = Omit<ParameterAttributes, 'value'> & { readonly value: InspectedValue };

async function collectParameters(scope: ScopeReader): Promise<readonly Resource[]> {
  const { items: parameters } = await listParameters(scope);
  const [tags, values, statements, encryption] = await Promise.all([
    readParameterTags(scope, parameters),
    readValues(scope, parameters),
    readSharing(scope, parameters),
    readKeys(scope, parameters),
  ]);
  return parameters.map((parameter, index) => {
    const key = encryption[index];
    const attributes: LiveParameter = {
      name: parameter.Name,
      account: scope.account,
      region: scope.region,
      tags: tags.get(parameter) ?? notCollected('ssm:ListTagsForResource'),
      type: expectedWord(parameter.Type, parameterTypes, 'Type', list),
      tier: expected<string>(parameter.Tier, 'Tier', list),
      dataType: expected(parameter.DataType, 'DataType', list),
      version: expected(parameter.Version, 'Version', list),
      lastModifiedAt: expectedTime(parameter.LastModifiedDate, 'LastModifiedDate', list),
      ...(key === undefined ? {} : { encryption: key }),
      ...readParameterPolicies((parameter.Policies ?? []).map(policyOf)),
      statements: statements.get(parameter) ?? (mayBeShared(parameter) ? notCollected('ssm:GetResourcePolicies') : []),
      value: values.get(parameter) ?? unreadValue(scope, parameter),
    };
    const { partition, account, region } = scope;
    return { type, address: parameter.ARN, name: parameter.Name, partition, account, region, attributes };
  });
}

async function readParameterTags(
  scope: ScopeReader,
  parameters: readonly ListedParameter[],
): Promise<ReadonlyMap<ListedParameter, ParameterAttributes['tags']>> {
  const operation = 'ssm:ListTagsForResource';
  if (!wantsDetail({ type, details }, scope, operation)) return new Map();
  const api = await scope.clients.ssm();
  return await readEach(scope, operation, parameters, async (parameter): Promise<ParameterAttributes['tags']> => {
    const answer = await scope.calls.make(operation, async (signal) =>
      checkEach(requireList((await api.listTags(parameter.Name, signal)).TagList, 'TagList'), { Key: 'text', Value: 'text' }),
    );
    return answer.ok ? readTags(answer.value, operation) : toUnknown(answer.failure);
  });
}

/** A policy is JSON text of its own in each entry. */
function policyOf(policy: object | null): unknown {
  const text: unknown = policy === null ? undefined : Reflect.get(policy, 'PolicyText');
  if (typeof text !== 'string') return text;
  const parsed = parseParameterPolicies(text);
  return parsed instanceof Unknown ? parsed : parsed[0];
}

/** Only the Advanced tier can be shared. */
function mayBeShared({ Tier }: ListedParameter): boolean {
  return Tier !== 'Standard';
}

async function readSharing(
  scope: ScopeReader,
  parameters: readonly ListedParameter[],
): Promise<ReadonlyMap<ListedParameter, ParameterAttributes['statements']>> {
  const operation = 'ssm:GetResourcePolicies';
  if (!wantsDetail({ type, details }, scope, operation)) return new Map();
  const api = await scope.clients.ssm();
  const quiet = { calls: scope.calls, onListing: () => undefined };
  return await readEach(scope, operation, parameters.filter(mayBeShared), async (parameter): Promise<ParameterAttributes['statements']> => {
    const { items, failure } = await readPages(quiet, operation, async (token, signal) => {
      const page = await api.getResourcePolicies(parameter.ARN, token, signal);
      return { items: checkEach(requireList(page.Policies, 'Policies'), { Policy: 'text' }), next: page.NextToken };
    });
    if (failure !== undefined) return toUnknown(failure);
    return items.flatMap(({ Policy }) => {
      const statements = parsePolicyDocument(Policy, { account: scope.account });
      return statements instanceof Unknown ? [statements] : statements;
    });
  });
}

async function readValues(
  scope: ScopeReader,
  parameters: readonly ListedParameter[],
): Promise<ReadonlyMap<ListedParameter, InspectedValue>> {
  if (!wantsDetail({ type, details }, scope, 'ssm:GetParameters')) return new Map();
  const plain = parameters.filter(({ Type }) => Type === 'String' || Type === 'StringList');
  return await inspectValues(scope, plain);
}

function unreadValue(scope: ScopeReader, parameter: ListedParameter): InspectedValue {
  const operation = 'ssm:GetParameters';
  if (parameter.Type === 'SecureString') return unknownValue(notCollected(operation, 'the value of a SecureString is never read'));
  if (!scope.flags.inspectValues) return unknownValue(notCollected(operation, 'values are read only with --inspect-values'));
  return unknownValue(notCollected(operation));
}

/** Encryption by parameter, in order; undefined where there is none, because the parameter is not a SecureString. */
async function readKeys(
  scope: ScopeReader,
  parameters: readonly ListedParameter[],
): Promise<readonly (ParameterAttributes['encryption'] | undefined)[]> {
  const wants = { ...wantedEncryption(scope.needs.get(type), 'encryption'), keyRotationEnabled: false };
  return await mapLimited(parameters, scope.concurrency, async (parameter): Promise<Maybe<ParameterAttributes['encryption']>> => {
    const kind = expectedWord(parameter.Type, parameterTypes, 'Type', list);
    if (kind instanceof Unknown) return kind;
    if (kind !== 'SecureString') return undefined;
    // A secret without a key has the one of AWS; of a SecureString AWS always names it.
    if (!parameter.KeyId) return new Unknown('malformed-response', `the answer to ${list} has no KeyId`, list);
    const { manager, keyId, keyArn, keyState, keyDeletionDate } = await readEncryption(scope, parameter.KeyId, wants);
    return {
      manager,
      ...(keyId === undefined ? {} : { keyId }),
      ...(keyArn === undefined ? {} : { keyArn }),
      ...(keyState === undefined ? {} : { keyState }),
      ...(keyDeletionDate === undefined ? {} : { keyDeletionDate }),
    };
  });
}
