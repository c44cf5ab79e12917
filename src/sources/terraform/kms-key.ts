import { declaredResource } from '../../iac/declared-resource.ts';
import { declaredKey, defaultKeyPolicy } from '../../iac/kms-key.ts';
import { placeText } from '../../iac/place.ts';
import type { PolicyPart } from '../../iac/policy-part.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { kmsKey } from '../../resources/kms-key.ts';
import { planned, type Block, type Path } from './block.ts';
import { documentAt } from './documents.ts';
import { keyFacts, keyTypes } from './keys.ts';
import type { AttachedBlocks } from './links.ts';
import { boolAt, intAt, isOmitted, locateAt, originsIn, tagsOf, textAt, type PlanReader } from './plan-reader.ts';
import { changeIn } from './secretsmanager-secret.ts';
import type { TypeReader, Workspace } from './workspace.ts';

export const keyReader: TypeReader = {
  type: kmsKey.name,
  read: (workspace) => {
    const { reader, links } = workspace;
    const policies = links.attached('aws_kms_key_policy', 'key_id', keyTypes);
    const aliases = links.attached('aws_kms_alias', 'target_key_id', keyTypes);
    const keys = keyTypes.flatMap((type) => reader.index.ofType(type)).filter(({ change }) => change !== undefined);
    return [
      ...keys.map((key) => readKey(workspace, key, policies, aliases)),
      ...policies.ownerless.map((policy) => standIn(workspace, policy)),
    ];
  },
};

function readKey(workspace: Workspace, block: Block, policies: AttachedBlocks, aliases: AttachedBlocks): Resource {
  const { reader, uses, partial } = workspace;
  const place = reader.placeOf(block);
  const { spec, origin, rotation } = keyFacts(reader, block);
  const own = policies.of(block);
  const period = intAt(reader, block, ['rotation_period_in_days']);
  const name = keyId(block);
  const { attributes, origins } = declaredKey({
    name,
    place,
    tags: tagsOf(reader, block),
    aliases: aliases.of(block).map((alias) => textAt(reader, alias, ['name']) ?? noName),
    enabled:
      boolAt(reader, block, [block.type.endsWith('external_key') || block.type.startsWith('aws_kms_replica') ? 'enabled' : 'is_enabled']) ??
      true,
    spec,
    usage: textAt(reader, block, ['key_usage']) ?? 'ENCRYPT_DECRYPT',
    origin,
    rotationEnabled: rotation,
    ...(period === undefined ? {} : { rotationPeriodDays: period }),
    policies: policyParts(reader, block, own, place.account),
    ...(partial === undefined || own.length > 0 ? {} : { morePolicies: partial }),
    protects: uses.filter(({ key }) => key === block.address).map((use) => ({ type: use.type, name: use.name })),
  });
  const at = (path: Path) => () => locateAt(reader, block, path);
  return declaredResource({
    type: kmsKey,
    source: 'terraform',
    address: block.address,
    name,
    place,
    attributes,
    origins: originsIn(reader, () => [
      { path: '', locate: at([]) },
      { path: 'tags', locate: at(['tags']) },
      { path: 'enabled', locate: at(['is_enabled']) },
      { path: 'spec', locate: at(['customer_master_key_spec']) },
      { path: 'usage', locate: at(['key_usage']) },
      { path: 'rotationEnabled', locate: at(['enable_key_rotation']) },
      { path: 'rotationPeriodDays', locate: at(['rotation_period_in_days']) },
      ...origins,
    ]),
    ...changeIn(block, [...own, ...aliases.of(block)]),
  });
}

const noName = new Unknown('known-after-apply', 'known after apply: the provider makes up the name');

/** The id of a key that exists, else its address. */
function keyId(block: Block): string {
  const found = planned(block, ['key_id']);
  return found.kind === 'known' && typeof found.value === 'string' && found.value !== '' ? found.value : block.address;
}

function policyParts(reader: PlanReader, block: Block, own: readonly Block[], account: Maybe<string>): readonly PolicyPart[] {
  const separate = own.flatMap((policy) => documentAt(reader, policy, ['policy']) ?? []);
  if (separate.length > 0) return separate;
  const written = documentAt(reader, block, ['policy']);
  if (written !== undefined) return [written];
  if (planned(block, ['policy']).kind === 'unknown' && !isOmitted(reader, block, ['policy'])) return [];
  const place = reader.placeOf(block);
  const document = defaultKeyPolicy(placeText(place, 'partition'), account instanceof Unknown ? placeText(place, 'account') : account);
  return [{ document, locate: () => locateAt(reader, block, []) }];
}

/** A key policy of a key outside the plan: what it says is judged, and the rest is not known. */
function standIn({ reader }: Workspace, block: Block): Resource {
  const place = reader.placeOf(block);
  const why = new Unknown('unresolved-reference', 'the key is not in this plan');
  const document = documentAt(reader, block, ['policy']);
  const { attributes, origins } = declaredKey({
    name: block.address,
    place,
    tags: why,
    aliases: [why],
    enabled: why,
    spec: why,
    usage: why,
    origin: why,
    rotationEnabled: why,
    policies: document === undefined ? [] : [document],
    protects: [],
  });
  return declaredResource({
    type: kmsKey,
    source: 'terraform',
    address: block.address,
    name: undefined,
    place,
    attributes,
    origins: originsIn(reader, () => [{ path: '', locate: () => locateAt(reader, block, []) }, ...origins]),
    standIn: why,
    ...changeIn(block, []),
  });
}
