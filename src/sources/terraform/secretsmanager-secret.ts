import { declaredResource } from '../../iac/declared-resource.ts';
import type { Origin } from '../../iac/origin.ts';
import type { PolicyPart } from '../../iac/policy-part.ts';
import { declaredSecret, type ReplicaDeclaration, type RotationDeclaration } from '../../iac/secretsmanager-secret.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { namesSuperuser } from '../../resources/rotation-strategy.ts';
import { secretsManagerSecret, type SecretAttributes } from '../../resources/secretsmanager-secret.ts';
import { BlockReference } from './block-reference.ts';
import type { Block, Path } from './block.ts';
import { documentAt } from './documents.ts';
import { keyLinkAt, noteUse } from './keys.ts';
import type { AttachedBlocks } from './links.ts';
import { intAt, linksAt, listAt, locateAt, originsIn, tagsOf, textAt, type PlanReader } from './plan-reader.ts';
import { expressionAt } from './references.ts';
import { readRotationFunction } from './rotation-function.ts';
import { isSetAt, originAt } from './value-origin.ts';
import { changeOf, type TypeReader, type Workspace } from './workspace.ts';

const secretType = 'aws_secretsmanager_secret';

/** Days that AWS keeps a deleted secret when the code does not say. */
const defaultWindow = 30;

export const secretReader: TypeReader = {
  type: secretsManagerSecret.name,
  read: (workspace) => {
    const { reader, links } = workspace;
    const attached = {
      rotations: links.attached('aws_secretsmanager_secret_rotation', 'secret_id', [secretType]),
      policies: links.attached('aws_secretsmanager_secret_policy', 'secret_arn', [secretType]),
      versions: links.attached('aws_secretsmanager_secret_version', 'secret_id', [secretType]),
    };
    const secrets = reader.index.ofType(secretType).filter(({ change }) => change !== undefined);
    return [
      ...secrets.map((secret) => readSecret(workspace, secret, attached)),
      ...attached.policies.ownerless.map((policy) => standIn(workspace, policy, { policy })),
      ...attached.versions.ownerless.map((version) => standIn(workspace, version, { version })),
      ...attached.rotations.ownerless.map((rotation) => standIn(workspace, rotation, { rotation })),
    ];
  },
};

interface AttachedToSecrets {
  readonly rotations: AttachedBlocks;
  readonly policies: AttachedBlocks;
  readonly versions: AttachedBlocks;
}

function readSecret(workspace: Workspace, secret: Block, attached: AttachedToSecrets): Resource {
  const { reader, keys, uses, partial } = workspace;
  const place = reader.placeOf(secret);
  const name = textAt(reader, secret, ['name']) ?? new Unknown('known-after-apply', 'known after apply: the provider makes up the name');
  const rotations = attached.rotations.of(secret);
  const policies = attached.policies.of(secret);
  const versions = attached.versions.of(secret);
  const key = keyLinkAt(reader, keys, secret, ['kms_key_id']);
  noteUse(uses, keys, key, secretsManagerSecret.name, name);
  const { attributes, origins } = declaredSecret(
    {
      name,
      place,
      tags: tagsOf(reader, secret),
      key,
      replicas: replicasOf(workspace, secret),
      rotation: rotationOf(workspace, secret, attached.rotations),
      soughtIn: 'this plan',
      policies: [
        ...policyParts(reader, secret, ['policy'], policies.length > 0),
        ...policies.flatMap((block) => policyParts(reader, block, ['policy'])),
      ],
      // Of a policy or a value that may be of another secret the block itself is judged, in place of its owner.
      ...(partial === undefined || policies.length > 0 ? {} : { morePolicies: partial }),
      values: [...versions.map((block) => readValue(reader, block)), ...(partial === undefined ? [] : [partial])],
      superuser: isOfSuperuser(workspace, secret, name),
      recoveryWindowDays: intAt(reader, secret, ['recovery_window_in_days']) ?? defaultWindow,
      origins: originsIn(reader, () => originsOf(reader, secret, rotations, versions)),
    },
    keys,
  );
  return declaredResource({
    type: secretsManagerSecret,
    source: 'terraform',
    address: secret.address,
    name,
    place,
    attributes,
    origins: originsIn(reader, () => origins),
    ...changeIn(secret, [...rotations, ...policies, ...versions]),
  });
}

export function changeIn(
  block: Block,
  others: readonly Block[],
): { readonly change?: NonNullable<Resource['change']>; readonly previousAddresses?: readonly string[] } {
  const change = changeOf(block, others);
  return {
    ...(change === undefined ? {} : { change }),
    ...(block.previousAddress === undefined ? {} : { previousAddresses: [block.previousAddress] }),
  };
}

/** By its name or that of its block, or since an application alternates the users of other secrets by it. */
function isOfSuperuser({ reader }: Workspace, secret: Block, name: Maybe<string>): boolean {
  if (namesSuperuser(secret.name) || (typeof name === 'string' && namesSuperuser(name))) return true;
  return reader.index.ofType('aws_serverlessapplicationrepository_cloudformation_stack').some((stack) =>
    // Without the code a plan only has what the parameters refer to together, among which no other secret belongs.
    ['superuserSecretArn', 'masterSecretArn'].some((parameter) =>
      linksAt(reader, stack, ['parameters', parameter]).some((link) => link instanceof BlockReference && link.block === secret),
    ),
  );
}

function originsOf(reader: PlanReader, secret: Block, rotations: readonly Block[], versions: readonly Block[]): readonly Origin[] {
  const at = (block: Block, path: Path) => () => locateAt(reader, block, path);
  const [rotation] = rotations;
  return [
    { path: '', locate: at(secret, []) },
    { path: 'name', locate: at(secret, ['name']) },
    { path: 'tags', locate: at(secret, ['tags']) },
    { path: 'encryption', locate: at(secret, ['kms_key_id']) },
    { path: 'recoveryWindowDays', locate: at(secret, ['recovery_window_in_days']) },
    { path: 'replicas', locate: (rest) => locateAt(reader, secret, ['replica', ...replicaPath(rest)]) },
    ...(rotation === undefined ? [] : rotationOrigins(reader, rotation)),
    ...versions.map((block, index) => ({ path: `values[${index}]`, locate: at(block, [valueArgument(block)]) })),
  ];
}

function rotationOrigins(reader: PlanReader, rotation: Block): readonly Origin[] {
  const at = (path: Path) => () => locateAt(reader, rotation, path);
  const scheduled = (): Path =>
    (textAt(reader, rotation, ['rotation_rules', 0, 'schedule_expression']) ?? '') === ''
      ? ['rotation_rules', 0, 'automatically_after_days']
      : ['rotation_rules', 0, 'schedule_expression'];
  return [
    { path: 'rotation', locate: at([]) },
    { path: 'rotation.schedule', locate: () => locateAt(reader, rotation, scheduled()) },
    { path: 'rotation.functionArn', locate: at(['rotation_lambda_arn']) },
    { path: 'rotation.strategy', locate: at(['rotation_lambda_arn']) },
  ];
}

function replicaPath(rest: string): Path {
  const index = /^\[(\d{1,6})\]/.exec(rest)?.[1];
  if (index === undefined) return [0];
  const field = /^\[\d+\]\.(\w+)/.exec(rest)?.[1];
  return [Number(index), ...(field === 'region' ? ['region'] : field === undefined ? [] : ['kms_key_id'])];
}

function replicasOf({ reader, keys }: Workspace, secret: Block): Maybe<readonly Maybe<ReplicaDeclaration>[]> {
  const listed = listAt(reader, secret, ['replica']) ?? [];
  if (listed instanceof Unknown) return listed;
  return listed.map((element, index): Maybe<ReplicaDeclaration> => {
    if (element instanceof Unknown) return element;
    const region =
      textAt(reader, secret, ['replica', index, 'region']) ?? new Unknown('malformed-response', 'a replica without its region');
    return { region, key: keyLinkAt(reader, keys, secret, ['replica', index, 'kms_key_id']) };
  });
}

function rotationOf(workspace: Workspace, secret: Block, all: AttachedBlocks): Maybe<RotationDeclaration> | undefined {
  const [rotation] = all.of(secret);
  return rotation === undefined ? (workspace.partial ?? all.maybeOf(secret)) : readRotation(workspace, rotation, secret);
}

function readRotation(workspace: Workspace, block: Block, secret: Block | undefined): RotationDeclaration {
  const { reader } = workspace;
  const functionArn = textAt(reader, block, ['rotation_lambda_arn']);
  const expression = textAt(reader, block, ['rotation_rules', 0, 'schedule_expression']);
  const days = intAt(reader, block, ['rotation_rules', 0, 'automatically_after_days']);
  // Managed rotation, which only the services that own a secret have, has no function.
  const managedBy = functionArn === undefined || functionArn === '' ? 'service' : 'function';
  return {
    ...(functionArn === undefined || functionArn === '' ? {} : { functionArn, function: readRotationFunction(workspace, block, secret) }),
    managedBy: functionArn instanceof Unknown && !isConfigured(block, 'rotation_lambda_arn') ? functionArn : managedBy,
    ...(expression === undefined || expression === '' ? {} : { expression }),
    ...(days === undefined ? {} : { days }),
  };
}

function isConfigured(block: Block, name: string): boolean {
  return expressionAt(block.config, [name]) !== undefined;
}

function policyParts(reader: PlanReader, block: Block, path: Path, elsewhere = false): readonly PolicyPart[] {
  // The provider shows the policy of `aws_secretsmanager_secret_policy` at the secret too.
  if (elsewhere && !isConfigured(block, String(path[0]))) return [];
  const document = documentAt(reader, block, path);
  return document === undefined ? [] : [document];
}

const valueArguments = ['secret_string', 'secret_binary', 'secret_string_wo'] as const;

function valueArgument(block: Block): string {
  return valueArguments.find((name) => isConfigured(block, name)) ?? 'secret_string';
}

function readValue(reader: PlanReader, block: Block): Exclude<SecretAttributes['values'], Unknown>[number] {
  const argument = valueArgument(block);
  const origin = originAt(reader, block, [argument]);
  const isSet = origin instanceof Unknown && isSetAt(reader, block, [argument]);
  return { from: block.address, origin, writeOnly: argument.endsWith('_wo'), ...(isSet ? { isSet } : {}) };
}

/** A block that speaks of a secret outside the plan: what it says is judged, and the rest is not known. */
function standIn(
  workspace: Workspace,
  block: Block,
  { policy, version, rotation }: { readonly policy?: Block; readonly version?: Block; readonly rotation?: Block },
): Resource {
  const { reader, keys } = workspace;
  const place = reader.placeOf(block);
  const why = new Unknown('unresolved-reference', 'the secret is not in this plan');
  const { attributes, origins } = declaredSecret(
    {
      name: why,
      place,
      tags: why,
      key: { kind: 'unknown', why },
      replicas: why,
      rotation: rotation === undefined ? why : readRotation(workspace, rotation, undefined),
      soughtIn: 'this plan',
      policies: policy === undefined ? [] : policyParts(reader, policy, ['policy']),
      ...(policy === undefined ? { morePolicies: why } : {}),
      values: version === undefined ? why : [readValue(reader, version)],
      superuser: why,
      recoveryWindowDays: why,
      origins: [
        { path: '', locate: () => locateAt(reader, block, []) },
        ...(rotation === undefined ? [] : rotationOrigins(reader, rotation)),
        ...(version === undefined ? [] : [{ path: 'values[0]', locate: () => locateAt(reader, version, [valueArgument(version)]) }]),
      ],
    },
    keys,
  );
  return declaredResource({
    type: secretsManagerSecret,
    source: 'terraform',
    address: block.address,
    name: undefined,
    place,
    attributes,
    origins: originsIn(reader, () => origins),
    standIn: why,
    ...changeIn(block, []),
  });
}
