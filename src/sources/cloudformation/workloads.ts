import type { Origin } from '../../iac/origin.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { codeBuildProject } from '../../resources/codebuild-project.ts';
import { describeUserData } from '../../resources/describe-user-data.ts';
import { ec2Instance } from '../../resources/ec2-instance.ts';
import { ec2LaunchTemplate } from '../../resources/ec2-launch-template.ts';
import { ecsTaskDefinition } from '../../resources/ecs-task-definition.ts';
import { lambdaFunction } from '../../resources/lambda-function.ts';
import type { ResourceType } from '../../resources/resource-type.ts';
import { isPinnedReference } from '../../resources/secret-reference.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import type { UserData } from '../../resources/user-data.ts';
import { describeEnvironment, type Variable } from './environment.ts';
import type { Evaluator } from './evaluator.ts';
import { inspectValue } from './inspect-value.ts';
import { isObject, type Path } from './json.ts';
import { indexesAt, locateAt, malformed, rawAt, tagsAt, textAt, valueAt } from './properties.ts';
import { Reference } from './reference.ts';
import type { RawResource } from './template.ts';
import { holdsMasked, takeApart } from './value-source.ts';
import { declare, declareAll, madeUp, ofTypes, type TypeReader } from './workspace.ts';
import { typeOf } from './world.ts';

/** What a reader of a workload adds to the common parts. */
interface Part {
  readonly attributes: object;
  readonly origins: readonly Origin[];
}

type ReadPart = (evaluator: Evaluator, resource: RawResource, classify: ValueClassifier) => Promise<Part>;

/** @param nameProperty undefined for what has an id, which AWS gives it */
function workloadReader(type: ResourceType, nameProperty: string | undefined, tagsPath: Path, readPart: ReadPart): TypeReader {
  return {
    type: type.name,
    read: (workspace) =>
      declareAll(ofTypes(workspace, type.name), (resource) =>
        declare(workspace, resource, { type, address: resource.id }, async (evaluator) => {
          const { place } = evaluator.world.template;
          const name = nameProperty === undefined ? noId : (textAt(evaluator, resource, [nameProperty]) ?? madeUp);
          const { attributes, origins } = await readPart(evaluator, resource, workspace.classify);
          return {
            attributes: { name, account: place.account, region: place.region, tags: tagsAt(evaluator, resource, tagsPath), ...attributes },
            origins: [
              { path: '', locate: () => locateAt(evaluator, resource, []) },
              { path: 'name', locate: () => locateAt(evaluator, resource, nameProperty === undefined ? [] : [nameProperty]) },
              { path: 'tags', locate: () => locateAt(evaluator, resource, tagsPath) },
              ...origins,
            ],
          };
        }),
      ),
  };
}

const noId = new Unknown('known-after-apply', 'AWS gives it an id when it is made');

/** The environment and the role of a function, of Lambda and of SAM alike. */
export const readFunction: ReadPart = async (evaluator, resource, classify) => {
  const at: Path = ['Environment', 'Variables'];
  const { environment, origins } = await describeEnvironment(evaluator, classify, resource, mapVariables(evaluator, resource, at), at);
  const role = textAt(evaluator, resource, ['Role']);
  return {
    attributes: { environment, ...(role === undefined ? {} : { role }) },
    origins: [...origins, { path: 'role', locate: () => locateAt(evaluator, resource, ['Role']) }],
  };
};

function mapVariables(evaluator: Evaluator, resource: RawResource, at: Path): Maybe<readonly Maybe<Variable>[]> {
  const value = valueAt(evaluator, resource, at);
  if (value === undefined) return [];
  if (value instanceof Unknown) return value;
  if (!isObject(value)) return malformed(resource, at);
  return Object.keys(value).map((name) => {
    const path = [...at, name];
    return { name, path, raw: rawAt(evaluator, resource, path) ?? value[name] };
  });
}

const readTask: ReadPart = async (evaluator, resource, classify) => {
  const at: Path = ['ContainerDefinitions'];
  const { environment, origins } = await describeEnvironment(
    evaluator,
    classify,
    resource,
    containerVariables(evaluator, resource, at),
    at,
  );
  return { attributes: { environment }, origins };
};

function containerVariables(evaluator: Evaluator, resource: RawResource, at: Path): Maybe<readonly Maybe<Variable>[]> {
  const containers = indexesAt(evaluator, resource, at);
  if (containers instanceof Unknown) return containers;
  return containers.flatMap((container): readonly Maybe<Variable>[] => {
    const path: Path = [...at, container];
    const value = valueAt(evaluator, resource, path);
    if (value instanceof Unknown) return [value];
    if (!isObject(value)) return [malformed(resource, at)];
    const given = textAt(evaluator, resource, [...path, 'Name']);
    const name = typeof given === 'string' ? given : String(container);
    return [
      ...pairs(evaluator, resource, [...path, 'Environment'], (variable) => ({
        ...variable,
        container: name,
        raw: rawAt(evaluator, resource, [...variable.path, 'Value']),
      })),
      ...pairs(evaluator, resource, [...path, 'Secrets'], (variable) => ({
        ...variable,
        container: name,
        ...storeOf(evaluator, valueAt(evaluator, resource, [...variable.path, 'ValueFrom'])),
      })),
    ];
  });
}

function pairs(
  evaluator: Evaluator,
  resource: RawResource,
  at: Path,
  make: (variable: Pick<Variable, 'name' | 'path'>) => Variable,
): readonly Maybe<Variable>[] {
  const indexes = indexesAt(evaluator, resource, at);
  if (indexes instanceof Unknown) return [indexes];
  return indexes.map((index): Maybe<Variable> => {
    const path: Path = [...at, index];
    const value = valueAt(evaluator, resource, path);
    if (value instanceof Unknown) return value;
    const name = textAt(evaluator, resource, [...path, 'Name']) ?? malformed(resource, at);
    return make({ name, path });
  });
}

interface Stored {
  readonly store: Maybe<'secretsmanager' | 'ssm'>;
  readonly pinned?: Maybe<boolean>;
}

/** A parameter is named by its name or ARN, a secret by its ARN. */
function storeOf(evaluator: Evaluator, valueFrom: unknown): Stored {
  if (valueFrom instanceof Reference) {
    const isSecret = typeOf(evaluator.world, valueFrom.id)?.startsWith('AWS::SecretsManager::') === true;
    return isSecret ? { store: 'secretsmanager', pinned: false } : { store: 'ssm' };
  }
  const text = evaluator.text(valueFrom) ?? '';
  if (text instanceof Unknown) return { store: text, pinned: text };
  return /^arn:(?:[^:$]|\$\{[^}]*\})*:secretsmanager:/.test(text) ? secretAt(text) : { store: 'ssm' };
}

function secretAt(reference: Maybe<string>): Stored {
  return { store: 'secretsmanager', pinned: reference instanceof Unknown ? reference : isPinnedReference(reference, 'value-from') };
}

const readProject: ReadPart = async (evaluator, resource, classify) => {
  const at: Path = ['Environment', 'EnvironmentVariables'];
  const variables = indexesAt(evaluator, resource, at);
  const listed =
    variables instanceof Unknown
      ? variables
      : pairs(evaluator, resource, at, (variable): Variable => {
          const type = textAt(evaluator, resource, [...variable.path, 'Type']);
          if (type instanceof Unknown) return { ...variable, store: type, pinned: type };
          if (type === 'SECRETS_MANAGER')
            return { ...variable, ...secretAt(textAt(evaluator, resource, [...variable.path, 'Value']) ?? '') };
          if (type === 'PARAMETER_STORE') return { ...variable, store: 'ssm' };
          return { ...variable, raw: rawAt(evaluator, resource, [...variable.path, 'Value']) };
        });
  const { environment, origins } = await describeEnvironment(evaluator, classify, resource, listed, at);
  return { attributes: { environment }, origins };
};

function userDataReader(path: Path): ReadPart {
  return async (evaluator, resource, classify) => {
    const raw = rawAt(evaluator, resource, path);
    const text = textAt(evaluator, resource, path);
    return {
      attributes: text === undefined || text === '' ? {} : { userData: await userDataOf(evaluator, raw, text, classify) },
      origins: [{ path: 'userData', locate: () => locateAt(evaluator, resource, path) }],
    };
  };
}

async function userDataOf(evaluator: Evaluator, raw: unknown, text: Maybe<string>, classify: ValueClassifier): Promise<UserData> {
  const taken = takeApart(evaluator, raw);
  return typeof text === 'string' && !holdsMasked(taken) ? describeUserData(text, classify) : inspectValue(classify, taken, text);
}

export const workloadReaders: readonly TypeReader[] = [
  workloadReader(lambdaFunction, 'FunctionName', ['Tags'], readFunction),
  workloadReader(ecsTaskDefinition, 'Family', ['Tags'], readTask),
  workloadReader(codeBuildProject, 'Name', ['Tags'], readProject),
  workloadReader(ec2Instance, undefined, ['Tags'], userDataReader(['UserData'])),
  workloadReader(
    ec2LaunchTemplate,
    'LaunchTemplateName',
    ['TagSpecifications', 0, 'Tags'],
    userDataReader(['LaunchTemplateData', 'UserData']),
  ),
];
