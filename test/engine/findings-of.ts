import type { SelectedPolicy } from '../../src/model/policy.ts';
import type { Attributes, Collection, Resource, ScopeModel } from '../../src/model/resource.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { scan, type ScanOptions } from '../../src/scan.ts';
import { assertion, makePolicy, secret } from './make-policy.ts';

/** A policy on the whole secret, one on its statements, and one that only a live account can answer. */
export const rotates: SelectedPolicy = {
  policy: makePolicy({
    id: 'secretsmanager-rotates',
    sources: ['aws', 'terraform', 'cloudformation'],
    assert: [{ ...assertion('resource.rotation.enabled'), locate: 'resource.rotation.enabled' }],
  }),
  params: {},
};
const grantsNobody: SelectedPolicy = {
  policy: makePolicy({
    id: 'secretsmanager-grants-nobody',
    sources: ['aws', 'terraform', 'cloudformation'],
    each: { var: 'statement', in: 'resource.statements' },
    assert: [assertion('statement.effect == "Deny"')],
  }),
  params: {},
};
export const isUsed: SelectedPolicy = {
  policy: makePolicy({ id: 'secretsmanager-is-used', sources: ['aws'], assert: [assertion('has(resource.lastAccessedAt)')] }),
  params: {},
};
export const selected = [rotates, grantsNobody, isUsed];

export const notKnown = new Unknown('known-after-apply', 'known after apply');

export const statement = (sid: string | undefined, effect = 'Allow'): Attributes => ({
  ...(sid === undefined ? {} : { sid }),
  effect,
  actions: ['secretsmanager:GetSecretValue'],
  notActions: [],
  resources: ['*'],
  notResources: [],
  principals: [],
  conditions: [],
});

interface Facts {
  readonly rotates?: boolean | Unknown;
  readonly statements?: readonly unknown[] | Unknown;
}

const attributesOf = (name: string | Unknown, { rotates: enabled = true, statements = [] }: Facts): Attributes => ({
  name,
  rotation: { enabled },
  statements,
});

/** A secret of a live account. */
export function liveSecret(name: string, facts: Facts = {}, more: Partial<Resource> = {}): Resource {
  const region = more.region ?? 'eu-west-1';
  const address = `arn:aws:secretsmanager:${region}:111122223333:secret:${name}-AbCdEf`;
  return secret({ ...attributesOf(name, facts), lastAccessedAt: 1 }, { name, address, ...more });
}

/** A secret of a plan; without a name it is known after apply. */
export function plannedSecret(address: string, name: string | undefined, facts: Facts = {}, more: Partial<Resource> = {}): Resource {
  return {
    type: 'AWS::SecretsManager::Secret',
    address,
    name: name ?? address,
    attributes: { isReplica: false, tags: {}, ...attributesOf(name ?? notKnown, facts) },
    locate: (path) => ({ file: 'infra/main.tf', startLine: path === '' ? 1 : 2, startColumn: 1, endLine: 3, endColumn: 2, address }),
    ...more,
  };
}

export function liveScope(resources: readonly Resource[], region = 'eu-west-1', more: Partial<ScopeModel> = {}): ScopeModel {
  const scope = { id: `aws/111122223333/${region}`, source: 'aws', account: '111122223333', region } as const;
  return { scope, status: 'complete', resources, gaps: [], ...more };
}

export function planScope(resources: readonly Resource[], root = 'infra', more: Partial<ScopeModel> = {}): ScopeModel {
  return { scope: { id: `terraform/${root}`, source: 'terraform', root }, status: 'complete', resources, gaps: [], ...more };
}

export function collectionOf(...scopes: readonly ScopeModel[]): Collection {
  return { scopes, provenance: {}, notes: [] };
}

const usual: ScanOptions = {
  now: Date.UTC(2026, 0, 1),
  detail: 'failing',
  failOn: 'low',
  failOnUnknown: 'low',
  toolVersion: '0.0.0',
  clock: { kind: 'wall', runId: 'r1', startedAt: 0, durationMs: 1 },
};

export function resultOf(collection: Collection, options: Partial<ScanOptions> = {}, policies = selected): ReturnType<typeof scan> {
  return scan(collection, policies, { ...usual, ...options });
}
