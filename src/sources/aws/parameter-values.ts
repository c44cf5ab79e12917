import { Unknown, type Maybe } from '../../model/unknown.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import type { ParameterAttributes } from '../../resources/ssm-parameter.ts';
import { fitsStandardTier } from '../../resources/standard-tier.ts';
import { requireList } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import type { ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { toUnknown } from './failures.ts';
import type { ListedParameter } from './parameter-list.ts';

const operation = 'ssm:GetParameters';
const batchSize = 10;

/** What a live account can tell of a value: not how it was set. */
export type InspectedValue = Omit<Exclude<ParameterAttributes['value'], Unknown>, 'origin' | 'writeOnly'>;

/**
 * Classifies the values of String and StringList parameters. A value lives from the answer to the classifier and no
 * longer; only what it looks like comes back.
 */
export async function inspectValues(
  scope: ScopeReader,
  parameters: readonly ListedParameter[],
): Promise<ReadonlyMap<ListedParameter, InspectedValue>> {
  const batches: (readonly ListedParameter[])[] = [];
  for (let start = 0; start < parameters.length; start += batchSize) batches.push(parameters.slice(start, start + batchSize));
  if (batches.length === 0) return new Map();
  // The detector is large, and most runs never need it.
  const { createValueClassifier } = await import('../../resources/secret-value.ts');
  const classify = await createValueClassifier();
  const verdicts = await readEach(scope, operation, batches, (batch) => inspectBatch(scope, batch, classify));
  return new Map([...verdicts.values()].flat());
}

async function inspectBatch(
  scope: ScopeReader,
  batch: readonly ListedParameter[],
  classify: ValueClassifier,
): Promise<readonly (readonly [ListedParameter, InspectedValue])[]> {
  const api = await scope.clients.ssm();
  const names = batch.map(({ Name }) => Name);
  const answer = await scope.calls.make(operation, async (signal) => {
    const { Parameters, InvalidParameters } = await api.getParameters(names, signal);
    const found = new Map<string, Maybe<InspectedValue>>();
    for (const { Name, Type, Value } of checkEach(requireList(Parameters, 'Parameters'), { Name: 'text', Type: 'text', Value: 'text' })) {
      if (Name !== undefined) found.set(Name, await inspect(Type, Value, classify));
    }
    return { found, invalid: new Set(requireList(InvalidParameters ?? [], 'InvalidParameters')) };
  });
  return batch.map((parameter) => {
    if (!answer.ok) return [parameter, unknownValue(toUnknown(answer.failure))];
    const { found, invalid } = answer.value;
    const verdict = found.get(parameter.Name) ?? new Unknown(...whyMissing(invalid.has(parameter.Name)), operation);
    return [parameter, verdict instanceof Unknown ? unknownValue(verdict) : verdict];
  });
}

function whyMissing(invalid: boolean): ['request-failed' | 'malformed-response', string] {
  return invalid
    ? ['request-failed', `${operation} calls the name invalid: the parameter is gone, or may not be read`]
    : ['malformed-response', `the answer to ${operation} leaves the parameter out`];
}

async function inspect(type: string | undefined, value: string | undefined, classify: ValueClassifier): Promise<Maybe<InspectedValue>> {
  if (type === 'SecureString') return new Unknown('not-collected', 'it has become a SecureString, and those are never read', operation);
  if (typeof value !== 'string') return new Unknown('malformed-response', `the answer to ${operation} has no Value`, operation);
  try {
    const { looksSecret, kind } = await classify(value);
    return { looksSecret, ...(kind === undefined ? {} : { kind }), fitsStandard: fitsStandardTier(value) };
  } catch {
    // The error of a detector may quote what it read, so nothing of it is kept.
    return new Unknown('request-failed', 'the value could not be classified', operation);
  }
}

/** Neither what it looks like nor of which kind or length is known. */
export function unknownValue(why: Unknown): InspectedValue {
  return { looksSecret: why, kind: why, fitsStandard: why };
}
