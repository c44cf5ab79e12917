import type { Collection } from '../../../src/model/resource.ts';
import { encodeCollection } from '../../../src/sources/snapshot/encode-collection.ts';

/** One fact of the model on which two sources do not agree. */
export interface Difference {
  /** Scope, type, name and attribute path, such as `aws/123456789012/us-east-1 AWS::SSM::Parameter /db encryption.keyArn`. */
  readonly at: string;
  /** As text; an Unknown with its reason. Undefined: absent. */
  readonly moto: string | undefined;
  readonly endpoint: string | undefined;
}

/** All facts of two collections that differ, sorted. `asDescribed` gives moto's text the ids of the account description. */
export function compareModels(moto: Collection, endpoint: Collection, asDescribed: (text: string) => string): readonly Difference[] {
  const ofMoto = factsOf(JSON.parse(asDescribed(JSON.stringify(encodeCollection(moto)))));
  const ofEndpoint = factsOf(encodeCollection(endpoint));
  return [...new Set([...ofMoto.keys(), ...ofEndpoint.keys()])]
    .map((at) => ({ at, moto: ofMoto.get(at), endpoint: ofEndpoint.get(at) }))
    .filter((fact) => fact.moto !== fact.endpoint)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

interface Encoded {
  readonly scopes: readonly {
    readonly scope: { readonly id: string };
    readonly resources: readonly { readonly type: string; readonly name: string; readonly attributes: unknown }[];
  }[];
}

function factsOf(encoded: unknown): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const { scopes, ...run } = encoded as Encoded;
  addFacts(facts, 'run', run);
  for (const { scope, resources, ...rest } of scopes) {
    addFacts(facts, scope.id, { ...scope, ...rest });
    for (const { attributes, ...identity } of resources) {
      const at = `${scope.id} ${identity.type} ${identity.name}`;
      addFacts(facts, at, identity);
      addFacts(facts, at, attributes);
    }
  }
  return facts;
}

/** The leaves below a value. Empty lists and maps are leaves, and an Unknown is one: its reason counts, and its words. */
function addFacts(facts: Map<string, string>, owner: string, value: unknown, path = ''): void {
  const children = typeof value === 'object' && value !== null && !('$unknown' in value) ? Object.entries(value) : [];
  if (children.length === 0) facts.set(`${owner} ${path}`, JSON.stringify(value));
  const inList = Array.isArray(value);
  for (const [name, child] of children) {
    const below = inList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    addFacts(facts, owner, child, below);
  }
}
