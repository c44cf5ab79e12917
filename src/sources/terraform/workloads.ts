import { declaredResource } from '../../iac/declared-resource.ts';
import type { Origin } from '../../iac/origin.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { codeBuildProject } from '../../resources/codebuild-project.ts';
import { describeUserData } from '../../resources/describe-user-data.ts';
import type { VariableValue } from '../../resources/describe-variable.ts';
import { ec2Instance } from '../../resources/ec2-instance.ts';
import { ec2LaunchTemplate } from '../../resources/ec2-launch-template.ts';
import { ecsTaskDefinition } from '../../resources/ecs-task-definition.ts';
import { lambdaFunction } from '../../resources/lambda-function.ts';
import type { ResourceType } from '../../resources/resource-type.ts';
import { isPinnedReference } from '../../resources/secret-reference.ts';
import { BlockReference } from './block-reference.ts';
import { planned, type Block, type Path } from './block.ts';
import { describeEnvironment, variableValue, type Variable } from './environment.ts';
import { isObject, own, textOf } from './json.ts';
import { JsonEncoded } from './json-encoded.ts';
import { listAt, locateAt, madeOf, malformed, originsIn, tagsOf, textAt, textOfValue, valueAt, type PlanReader } from './plan-reader.ts';
import { expressionAt } from './references.ts';
import { changeIn } from './secretsmanager-secret.ts';
import type { TypeReader, Workspace } from './workspace.ts';

/** What a reader of a workload adds to the common parts. */
interface Part {
  readonly attributes: object;
  readonly origins: readonly Origin[];
}

function workloadReader(
  type: ResourceType,
  block: string,
  nameArgument: string,
  readPart: (workspace: Workspace, block: Block) => Promise<Part>,
): TypeReader {
  return {
    type: type.name,
    read: async (workspace) => {
      const resources: Resource[] = [];
      for (const one of workspace.reader.index.ofType(block)) {
        if (one.change !== undefined) resources.push(await readWorkload(workspace, type, one, nameArgument, readPart));
      }
      return resources;
    },
  };
}

async function readWorkload(
  workspace: Workspace,
  type: ResourceType,
  block: Block,
  nameArgument: string,
  readPart: (workspace: Workspace, block: Block) => Promise<Part>,
): Promise<Resource> {
  const { reader } = workspace;
  const place = reader.placeOf(block);
  const name = workloadName(reader, block, nameArgument);
  const { attributes, origins } = await readPart(workspace, block);
  return declaredResource({
    type,
    source: 'terraform',
    address: block.address,
    name,
    place,
    attributes: { name, account: place.account, region: place.region, tags: tagsOf(reader, block), ...attributes },
    origins: originsIn(reader, () => [
      { path: '', locate: () => locateAt(reader, block, []) },
      { path: 'tags', locate: () => locateAt(reader, block, ['tags']) },
      ...origins,
    ]),
    ...changeIn(block, []),
  });
}

/** The name, or for an instance, which has none, its id: known once it is there. */
function workloadName(reader: PlanReader, block: Block, argument: string): Maybe<string> {
  if (argument !== 'id') return textAt(reader, block, [argument]) ?? new Unknown('known-after-apply', 'known after apply');
  const id = planned(block, ['id']);
  return id.kind === 'known' && typeof id.value === 'string' ? id.value : new Unknown('known-after-apply', 'AWS gives it an id at apply');
}

const lambdaReader = workloadReader(lambdaFunction, 'aws_lambda_function', 'function_name', async (workspace, block) => {
  const { reader } = workspace;
  const at: Path = ['environment', 0, 'variables'];
  const { environment, origins } = await describeEnvironment(workspace, block, mapVariables(reader, block, at), at);
  const role = textAt(reader, block, ['role']);
  return {
    attributes: { environment, ...(role === undefined ? {} : { role }) },
    origins: [...origins, { path: 'role', locate: () => locateAt(reader, block, ['role']) }],
  };
});

function mapVariables(reader: PlanReader, block: Block, at: Path): Maybe<readonly Maybe<Variable>[]> {
  const value = valueAt(reader, block, at);
  if (value === undefined) return [];
  if (value instanceof Unknown) return value;
  if (!isObject(value) || value instanceof BlockReference || value instanceof JsonEncoded) return malformed(block, at);
  return Object.entries(value).map(([name, element]) => ({
    name,
    value: variableValue(reader, block, element, [...at, name]),
    path: [...at, name],
  }));
}

const taskReader = workloadReader(ecsTaskDefinition, 'aws_ecs_task_definition', 'family', async (workspace, block) => {
  const at: Path = ['container_definitions'];
  const { environment, origins } = await describeEnvironment(workspace, block, containerVariables(workspace.reader, block, at), at);
  return { attributes: { environment }, origins };
});

function containerVariables(reader: PlanReader, block: Block, at: Path): Maybe<readonly Maybe<Variable>[]> {
  const value = valueAt(reader, block, at);
  if (value === undefined) return [];
  if (value instanceof Unknown) return value;
  const containers = value instanceof JsonEncoded ? value.value : typeof value === 'string' ? parse(value) : undefined;
  if (!Array.isArray(containers)) return malformed(block, at);
  return (containers as readonly unknown[]).flatMap((container, index): readonly Maybe<Variable>[] => {
    if (container instanceof Unknown) return [container];
    if (!isObject(container)) return [malformed(block, at)];
    const name = textOf(own(container, 'name')) ?? String(index);
    return [
      ...pairs(reader, block, own(container, 'environment'), [...at, index, 'environment'], name, (element, path) =>
        variableValue(reader, block, own(element, 'value') ?? '', [...path, 'value']),
      ),
      ...pairs(reader, block, own(container, 'secrets'), [...at, index, 'secrets'], name, (element, path) =>
        storeOf(reader, block, own(element, 'valueFrom'), [...path, 'valueFrom']),
      ),
    ];
  });
}

function pairs(
  reader: PlanReader,
  block: Block,
  list: unknown,
  at: Path,
  container: string,
  valueOf: (element: unknown, path: Path) => VariableValue,
): readonly Maybe<Variable>[] {
  if (list === undefined || list === null) return [];
  if (list instanceof Unknown) return [list];
  if (!Array.isArray(list)) return [malformed(block, at)];
  return (list as readonly unknown[]).map((element, index): Maybe<Variable> => {
    if (element instanceof Unknown) return element;
    if (!isObject(element)) return malformed(block, at);
    const path: Path = [...at, index];
    const name = textOfValue(own(element, 'name'), reader, block, path) ?? malformed(block, path);
    return { name, container, value: valueOf(element, path), path };
  });
}

/** A parameter is named by its name or ARN, a secret by its ARN. */
function storeOf(reader: PlanReader, block: Block, valueFrom: unknown, path: Path): VariableValue {
  if (valueFrom instanceof Unknown) return { kind: 'store', store: openStore(reader, block, valueFrom, path), pinned: valueFrom };
  if (valueFrom instanceof BlockReference) {
    return valueFrom.block.type.startsWith('aws_secretsmanager') ? secretAt('') : { kind: 'store', store: 'ssm' };
  }
  const isSecret = typeof valueFrom === 'string' && /^arn:[^:]*:secretsmanager:/.test(valueFrom);
  return isSecret ? secretAt(valueFrom) : { kind: 'store', store: 'ssm' };
}

/** Of a text that only apply knows: a block that it is made of tells the store. */
function openStore(reader: PlanReader, block: Block, why: Unknown, path: Path): Maybe<'secretsmanager' | 'ssm'> {
  const types = (madeOf(reader, block, path) ?? []).flatMap((end) => (end.kind === 'block' ? [end.block.type] : []));
  if (types.some((type) => type.startsWith('aws_secretsmanager'))) return 'secretsmanager';
  return types.length > 0 && types.every((type) => type.startsWith('aws_ssm_')) ? 'ssm' : why;
}

function secretAt(reference: Maybe<string>): VariableValue {
  const pinned = reference instanceof Unknown ? reference : isPinnedReference(reference, 'value-from');
  return { kind: 'store', store: 'secretsmanager', pinned };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error quotes the text.
    return undefined;
  }
}

const projectReader = workloadReader(codeBuildProject, 'aws_codebuild_project', 'name', async (workspace, block) => {
  const at: Path = ['environment', 0, 'environment_variable'];
  const { environment, origins } = await describeEnvironment(workspace, block, buildVariables(workspace.reader, block, at), at);
  return { attributes: { environment }, origins };
});

function buildVariables(reader: PlanReader, block: Block, at: Path): Maybe<readonly Maybe<Variable>[]> {
  const listed = listAt(reader, block, at) ?? [];
  if (listed instanceof Unknown) return listed;
  return listed.map((element, index): Maybe<Variable> => {
    if (element instanceof Unknown) return element;
    const path: Path = [...at, index];
    const name = textOfValue(own(element, 'name'), reader, block, path) ?? malformed(block, path);
    return { name, value: buildValue(reader, block, element, path), path: [...path, 'value'] };
  });
}

function buildValue(reader: PlanReader, block: Block, element: unknown, path: Path): VariableValue {
  const type = own(element, 'type');
  if (type instanceof Unknown) return { kind: 'unknown', why: type };
  if (type === 'SECRETS_MANAGER') return secretAt(secretName(own(element, 'value'), reader, block, [...path, 'value']));
  if (type === 'PARAMETER_STORE') return { kind: 'store', store: 'ssm' };
  return variableValue(reader, block, own(element, 'value'), [...path, 'value']);
}

/** A secret of the same input has no version in its name or ARN. */
function secretName(value: unknown, reader: PlanReader, block: Block, path: Path): Maybe<string> {
  return value instanceof BlockReference ? '' : (textOfValue(value, reader, block, path) ?? '');
}

async function readUserData({ reader, classify }: Workspace, block: Block): Promise<Part> {
  const argument = ['user_data', 'user_data_base64'].find((name) => expressionAt(block.config, [name]) !== undefined) ?? 'user_data';
  const text = userDataText(reader, block, [argument]);
  return {
    attributes: text === undefined || text === '' ? {} : { userData: await describeUserData(text, classify) },
    origins: [{ path: 'userData', locate: () => locateAt(reader, block, [argument]) }],
  };
}

/** The provider keeps a hash of the user data of an instance (before version 6): what is written then says more than the plan. */
function userDataText(reader: PlanReader, block: Block, path: Path): Maybe<string> | undefined {
  const text = textAt(reader, block, path);
  if (typeof text !== 'string' || !/^[0-9a-f]{40}$/.test(text)) return text;
  const constant = textOf(own(expressionAt(block.config, path), 'constant_value'));
  if (constant !== undefined) return constant;
  const written = reader.sources?.evaluate(block, path)?.value;
  return written === undefined ? text : (textOfValue(written, reader, block, path) ?? text);
}

export const workloadReaders: readonly TypeReader[] = [
  lambdaReader,
  taskReader,
  projectReader,
  workloadReader(ec2Instance, 'aws_instance', 'id', readUserData),
  workloadReader(ec2LaunchTemplate, 'aws_launch_template', 'name', readUserData),
];
