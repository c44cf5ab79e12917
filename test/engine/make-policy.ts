import type { Policy } from '../../src/model/policy.ts';
import type { Attributes, Collection, Resource } from '../../src/model/resource.ts';
import type { SourceName } from '../../src/model/source-name.ts';
import { compilePolicy } from '../../src/policy/compile-policy.ts';
import type { RawPolicy } from '../../src/policy/raw-policy.ts';
import { parseYaml } from '../../src/policy/yaml-source.ts';

type Parts = Partial<
  Pick<RawPolicy, 'id' | 'severity' | 'sources' | 'params' | 'variables' | 'exclude' | 'each' | 'when' | 'assert' | 'resource'>
>;

export const assertion = (that: string, message = `not ${that}`): RawPolicy['assert'][number] => ({ that, message });

/** A policy on secrets, without its tests. Throws what is wrong with it. */
export function makePolicy(parts: Parts): Policy {
  const raw: RawPolicy = {
    id: 'secretsmanager-test',
    title: 'Test',
    severity: 'high',
    description: 'Test.',
    resource: 'AWS::SecretsManager::Secret',
    sources: ['aws'],
    assert: [assertion('true')],
    remediation: { text: 'Do it.' },
    tests: [],
    ...parts,
  };
  const source = parseYaml('policy.yaml', JSON.stringify(raw));
  if ('problems' in source) throw new Error(source.problems[0]?.message);
  const { policy, diagnostics } = compilePolicy(raw, source, { file: 'policy.yaml', builtin: false });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!policy || errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
  return policy;
}

export function secret(attributes: Attributes, more: Partial<Resource> = {}): Resource {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
  const address = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf';
  return {
    type: 'AWS::SecretsManager::Secret',
    address,
    name: 'db',
    ...place,
    attributes: { name: 'db', isReplica: false, tags: {}, ...attributes },
    ...more,
  };
}

export function collectionOf(
  resources: readonly Resource[],
  source: SourceName = 'aws',
  provenance: Collection['provenance'] = {},
): Collection {
  const scope =
    source === 'aws'
      ? { id: 'aws/111122223333/eu-west-1', source, account: '111122223333', region: 'eu-west-1' }
      : { id: `${source}/infra`, source, root: 'infra' };
  return { scopes: [{ scope, status: 'complete', resources, gaps: [] }], provenance, notes: [] };
}
