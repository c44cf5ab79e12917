import type { Origin } from '../../iac/origin.ts';
import type { PolicyPart } from '../../iac/policy-part.ts';
import { declaredSecret, type ReplicaDeclaration, type RotationDeclaration } from '../../iac/secretsmanager-secret.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { secretsManagerSecret, type SecretAttributes } from '../../resources/secretsmanager-secret.ts';
import type { ValueOrigin } from '../../resources/value-origin.ts';
import { Evaluator } from './evaluator.ts';
import { own } from './json.ts';
import { keyLink, keyLinkAt } from './keys.ts';
import { attachedTo, isOwnerless } from './links.ts';
import { documentAt, intAt, listAt, locateAt, rawAt, tagsAt, textAt, valueAt } from './properties.ts';
import { hostedFunction, readRotationFunction } from './rotation-function.ts';
import { isOfSuperuser } from './superuser-secrets.ts';
import type { RawResource } from './template.ts';
import type { Draft } from './variants.ts';
import { declare, declareAll, madeUp, ofTypes, type TypeReader } from './workspace.ts';
import { holdsWrittenCredential, originOfCredential, takeApart } from './value-source.ts';

const secretTypes = ['AWS::SecretsManager::Secret'];
const rotationType = 'AWS::SecretsManager::RotationSchedule';
const policyType = 'AWS::SecretsManager::ResourcePolicy';
const soughtIn = 'this template';

export const secretReader: TypeReader = {
  type: secretsManagerSecret.name,
  read: async (workspace) => {
    const standsIn = ofTypes(workspace, rotationType, policyType).filter((resource) =>
      isOwnerless(new Evaluator(workspace.world), resource, 'SecretId', secretTypes),
    );
    return [
      ...(await declareAll(ofTypes(workspace, ...secretTypes), (secret) =>
        declare(workspace, secret, { type: secretsManagerSecret, address: secret.id }, (evaluator) => readSecret(evaluator, secret)),
      )),
      ...(await declareAll(standsIn, (resource) => standIn(workspace, resource))),
    ];
  },
};

function readSecret(evaluator: Evaluator, secret: RawResource): Draft {
  const { place } = evaluator.world.template;
  const rotations = attachedTo(evaluator, rotationType, 'SecretId', secretTypes);
  const policies = attachedTo(evaluator, policyType, 'SecretId', secretTypes);
  const [rotation] = rotations.of(secret.id);
  const attached = policies.of(secret.id);
  const key = keyLinkAt(evaluator, secret, ['KmsKeyId']);
  const more = attached.length > 0 ? undefined : policies.maybeOf();
  const made = declaredSecret(
    {
      name: textAt(evaluator, secret, ['Name']) ?? madeUp,
      place,
      tags: tagsAt(evaluator, secret),
      key: key.link,
      replicas: replicasOf(evaluator, secret),
      rotation: rotation === undefined ? rotations.maybeOf() : readRotation(evaluator, rotation.resource, secret),
      soughtIn,
      policies: attached.flatMap(({ resource }) => policyParts(evaluator, resource)),
      ...(more === undefined ? {} : { morePolicies: more }),
      values: valuesOf(evaluator, secret),
      superuser: isOfSuperuser(evaluator, secret),
      origins: [...secretOrigins(evaluator, secret), ...(rotation === undefined ? [] : rotationOrigins(evaluator, rotation.resource))],
    },
    key.keys,
  );
  return { ...made, ...(key.id === undefined ? {} : { keys: [key.id] }) };
}

function secretOrigins(evaluator: Evaluator, secret: RawResource): readonly Origin[] {
  const at =
    (...path: string[]) =>
    () =>
      locateAt(evaluator, secret, path);
  return [
    { path: '', locate: at() },
    { path: 'name', locate: at('Name') },
    { path: 'tags', locate: at('Tags') },
    { path: 'encryption', locate: at('KmsKeyId') },
    { path: 'replicas', locate: (rest) => locateAt(evaluator, secret, ['ReplicaRegions', ...replicaPath(rest)]) },
    { path: 'values', locate: at(valueProperty(evaluator, secret)) },
  ];
}

function replicaPath(rest: string): readonly (string | number)[] {
  const [, index, field] = /^\[(\d{1,6})\](?:\.(\w+))?/.exec(rest) ?? [];
  if (index === undefined) return [];
  return [Number(index), ...(field === 'region' ? ['Region'] : field === undefined ? [] : ['KmsKeyId'])];
}

function replicasOf(evaluator: Evaluator, secret: RawResource): Maybe<readonly Maybe<ReplicaDeclaration>[]> {
  const listed = listAt(evaluator, secret, ['ReplicaRegions']) ?? [];
  if (listed instanceof Unknown) return listed;
  return listed.map((replica): Maybe<ReplicaDeclaration> => {
    if (replica instanceof Unknown) return replica;
    const region = evaluator.text(own(replica, 'Region')) ?? new Unknown('malformed-response', 'a replica without its region');
    return { region, key: keyLink(evaluator, own(replica, 'KmsKeyId')).link };
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-rotationschedule.html */
function readRotation(evaluator: Evaluator, rotation: RawResource, secret: RawResource | undefined): RotationDeclaration {
  const functionArn = textAt(evaluator, rotation, ['RotationLambdaARN']);
  const expression = textAt(evaluator, rotation, ['RotationRules', 'ScheduleExpression']);
  const days = intAt(evaluator, rotation, ['RotationRules', 'AutomaticallyAfterDays']);
  const hosted = valueAt(evaluator, rotation, ['HostedRotationLambda']);
  const schedule = { ...(expression === undefined || expression === '' ? {} : { expression }), ...(days === undefined ? {} : { days }) };
  // A function that the transform of Secrets Manager makes, in a stack of its own.
  if (functionArn === undefined && hosted !== undefined) {
    const made = new Unknown('known-after-apply', 'CloudFormation makes the rotation function');
    if (hosted instanceof Unknown) {
      return {
        functionArn: made,
        managedBy: hosted,
        function: { functionExists: hosted, functionInvocable: hosted, strategy: hosted },
        ...schedule,
      };
    }
    return { functionArn: made, managedBy: 'function', function: hostedFunction(evaluator, rotation), ...schedule };
  }
  if (functionArn !== undefined && functionArn !== '') {
    return { functionArn, managedBy: 'function', function: readRotationFunction(evaluator, rotation, secret), ...schedule };
  }
  // Without a function it is managed rotation, which only the service that owns a secret has.
  return { managedBy: 'service', ...schedule };
}

function rotationOrigins(evaluator: Evaluator, rotation: RawResource): readonly Origin[] {
  const at =
    (...path: string[]) =>
    () =>
      locateAt(evaluator, rotation, path);
  const scheduled = (): ReturnType<typeof locateAt> =>
    locateAt(evaluator, rotation, [
      'RotationRules',
      rawAt(evaluator, rotation, ['RotationRules', 'ScheduleExpression']) === undefined ? 'AutomaticallyAfterDays' : 'ScheduleExpression',
    ]);
  const hasFunction = rawAt(evaluator, rotation, ['RotationLambdaARN']) !== undefined;
  return [
    { path: 'rotation', locate: at() },
    { path: 'rotation.schedule', locate: scheduled },
    { path: 'rotation.functionArn', locate: at('RotationLambdaARN') },
    {
      path: 'rotation.strategy',
      locate: hasFunction ? at('RotationLambdaARN') : at('HostedRotationLambda', 'RotationType'),
    },
  ];
}

function policyParts(evaluator: Evaluator, policy: RawResource): readonly PolicyPart[] {
  const document = documentAt(evaluator, policy, ['ResourcePolicy']);
  return document === undefined ? [] : [document];
}

function valueProperty(evaluator: Evaluator, secret: RawResource): 'SecretString' | 'GenerateSecretString' {
  return rawAt(evaluator, secret, ['GenerateSecretString']) === undefined ? 'SecretString' : 'GenerateSecretString';
}

/** The template is the one place that sets a value: without either property the secret is empty until somebody fills it. */
function valuesOf(evaluator: Evaluator, secret: RawResource): SecretAttributes['values'] {
  const origin = originOfValue(evaluator, secret);
  return origin === undefined ? [] : [{ from: secret.id, origin, writeOnly: false }];
}

function originOfValue(evaluator: Evaluator, secret: RawResource): Maybe<ValueOrigin> | undefined {
  const raw = rawAt(evaluator, secret, ['SecretString']);
  const written = raw === undefined || raw === null ? undefined : originOfCredential(takeApart(evaluator, raw));
  if (written === 'literal') return written;
  const generated = valueAt(evaluator, secret, ['GenerateSecretString']);
  if (generated === undefined) return written;
  return generated instanceof Unknown ? generated : originOfGenerated(evaluator, secret);
}

/** What AWS makes goes into the template of the value, where more may stand than the name of a user. */
function originOfGenerated(evaluator: Evaluator, secret: RawResource): Maybe<ValueOrigin> {
  const around = takeApart(evaluator, rawAt(evaluator, secret, ['GenerateSecretString', 'SecretStringTemplate']));
  if (holdsWrittenCredential(around)) return 'literal';
  const [only] = around.leaves;
  return only?.kind === 'opaque' && around.leaves.length === 1 ? only.why : 'generated';
}

/** A rotation or a policy of a secret outside the template: what it says is judged, and the rest is not known. */
function standIn(workspace: Parameters<typeof declare>[0], resource: RawResource): Promise<Resource | undefined> {
  const why = new Unknown('unresolved-reference', 'the secret is not in this template');
  return declare(workspace, resource, { type: secretsManagerSecret, address: resource.id, standIn: why }, (evaluator) => {
    if (!isOwnerless(evaluator, resource, 'SecretId', secretTypes)) return undefined;
    const isRotation = resource.type === rotationType;
    return declaredSecret(
      {
        name: why,
        place: evaluator.world.template.place,
        tags: why,
        key: { kind: 'unknown', why },
        replicas: why,
        rotation: isRotation ? readRotation(evaluator, resource, undefined) : why,
        soughtIn,
        policies: isRotation ? [] : policyParts(evaluator, resource),
        ...(isRotation ? { morePolicies: why } : {}),
        values: why,
        superuser: why,
        origins: [
          { path: '', locate: () => locateAt(evaluator, resource, []) },
          ...(isRotation ? rotationOrigins(evaluator, resource) : []),
        ],
      },
      new Map(),
    );
  });
}
