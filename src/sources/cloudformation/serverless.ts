import { findAwsManagedPolicy } from '../../iac/aws-managed-policies.ts';
import { declaredPrincipal, type Attachment } from '../../iac/iam-principal.ts';
import { statementsOf, type PolicyPart } from '../../iac/policy-part.ts';
import { Unknown } from '../../model/unknown.ts';
import { iamRole } from '../../resources/iam-role.ts';
import { lambdaFunction } from '../../resources/lambda-function.ts';
import type { Evaluator } from './evaluator.ts';
import { attachedToRole, attachmentOf } from './iam.ts';
import { isObject, own, type JsonObject } from './json.ts';
import { asText, listAt, locateAt, locateDocument, tagsAt, textAt, valueAt } from './properties.ts';
import { Reference } from './reference.ts';
import { samPolicyDocument } from './sam-policy-templates.ts';
import type { RawResource } from './template.ts';
import type { Draft } from './variants.ts';
import { readFunction } from './workloads.ts';
import { declare, declareAll, madeUp, ofTypes, type TypeReader } from './workspace.ts';

const functionType = 'AWS::Serverless::Function';
const machineType = 'AWS::Serverless::StateMachine';

/** A function of SAM is one of Lambda. https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
const functionReader: TypeReader = {
  type: lambdaFunction.name,
  read: (workspace) =>
    declareAll(ofTypes(workspace, functionType), (resource) =>
      declare(workspace, resource, { type: lambdaFunction, address: resource.id }, async (evaluator) => {
        const { place } = evaluator.world.template;
        const { attributes, origins } = await readFunction(evaluator, resource, workspace.classify);
        const role =
          own(resource.body['Properties'], 'Role') === undefined ? evaluator.text(new Reference(`${resource.id}Role`, 'Arn')) : undefined;
        return {
          attributes: {
            name: textAt(evaluator, resource, ['FunctionName']) ?? madeUp,
            account: place.account,
            region: place.region,
            tags: tagsAt(evaluator, resource),
            ...(role === undefined ? {} : { role }),
            ...attributes,
          },
          origins: [
            { path: '', locate: () => locateAt(evaluator, resource, []) },
            { path: 'name', locate: () => locateAt(evaluator, resource, ['FunctionName']) },
            { path: 'tags', locate: () => locateAt(evaluator, resource, ['Tags']) },
            ...origins,
          ],
        };
      }),
    ),
};

/** The role that SAM makes for what names none: its address is that of the role in the stack. */
const roleReader: TypeReader = {
  type: iamRole.name,
  read: (workspace) =>
    declareAll(
      ofTypes(workspace, functionType, machineType).filter(({ id }) => workspace.world.implicit.has(`${id}Role`)),
      (resource) =>
        declare(workspace, resource, { type: iamRole, address: `${resource.id}Role`, global: true }, (evaluator) =>
          readRole(evaluator, resource),
        ),
    ),
};

function readRole(evaluator: Evaluator, resource: RawResource): Draft {
  const { place } = evaluator.world.template;
  const attached = attachedToRole(evaluator, `${resource.id}Role`);
  const { inline, attachments } = policiesOf(evaluator, resource);
  const boundary = textAt(evaluator, resource, ['PermissionsBoundary']);
  const { attributes, origins } = declaredPrincipal({
    name: madeUp,
    place,
    path: textAt(evaluator, resource, ['RolePath']) ?? '/',
    inline: [...inline, ...attached.inline],
    attachments: [...attachments, ...attached.attachments],
    ...(boundary === undefined || boundary === '' ? {} : { boundary }),
    ...(attached.more === undefined ? {} : { more: attached.more }),
  });
  const locate = (): ReturnType<typeof locateAt> => locateAt(evaluator, resource, []);
  const trust = trustOf(evaluator, resource);
  const { statements, origins: trustOrigins } = statementsOf([{ document: trust, locate }], place.account, 'trust');
  return {
    attributes: { ...attributes, tags: tagsAt(evaluator, resource), trust: statements },
    origins: [
      { path: '', locate },
      { path: 'attachments', locate: () => locateAt(evaluator, resource, ['Policies']) },
      ...trustOrigins,
      ...origins,
    ],
  };
}

function trustOf(evaluator: Evaluator, resource: RawResource): unknown {
  const written = valueAt(evaluator, resource, ['AssumeRolePolicyDocument']);
  if (written !== undefined) return asText(evaluator, written);
  const service = resource.type === functionType ? 'lambda.amazonaws.com' : 'states.amazonaws.com';
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] };
}

interface Policies {
  readonly inline: readonly PolicyPart[];
  readonly attachments: readonly Attachment[];
}

/** `Policies`: names and ARNs of managed policies, documents, and policy templates, mixed. */
function policiesOf(evaluator: Evaluator, resource: RawResource): Policies {
  const listed = listAt(evaluator, resource, ['Policies']) ?? [];
  const isSingle = !Array.isArray(valueAt(evaluator, resource, ['Policies']));
  const locate = (): ReturnType<typeof locateAt> => locateAt(evaluator, resource, ['Policies']);
  if (listed instanceof Unknown) return { inline: [{ document: listed, locate }], attachments: [] };
  const inline: PolicyPart[] = [];
  const attachments: Attachment[] = [];
  for (const [index, policy] of listed.entries()) {
    const path = isSingle ? ['Policies'] : ['Policies', index];
    const locateEntry = (): ReturnType<typeof locateAt> => locateAt(evaluator, resource, path);
    const policyName = `${resource.id}RolePolicy${index}`;
    if (policy instanceof Unknown) inline.push({ document: policy, locate: locateEntry });
    else if (!isObject(policy)) attachments.push(managed(evaluator, policy, locateEntry));
    else if (Object.hasOwn(policy, 'Statement')) {
      inline.push({ document: asText(evaluator, policy), policyName, locate: locateDocument(evaluator, resource, path) });
    } else inline.push({ document: fromTemplate(evaluator, policy), policyName, locate: locateEntry });
  }
  return { inline, attachments };
}

function fromTemplate(evaluator: Evaluator, policy: JsonObject): unknown {
  const [name = ''] = Object.keys(policy);
  const given = own(policy, name);
  return samPolicyDocument(
    name,
    (argument) =>
      evaluator.part(own(given, argument)) ?? new Unknown('malformed-response', `${argument} of a policy template is not given`),
    evaluator.world.template.place,
  );
}

/** A bare name is that of a policy of AWS, wherever it is filed. */
function managed(evaluator: Evaluator, value: unknown, locate: Attachment['locate']): Attachment {
  if (typeof value !== 'string' || !/^[\w+=,.@-]+$/.test(value)) return attachmentOf(evaluator, value, locate);
  const arns = ['', 'service-role/', 'job-function/', 'aws-service-role/'].map((path) => `arn:aws:iam::aws:policy/${path}${value}`);
  const arn = arns.find((one) => findAwsManagedPolicy(one) !== undefined);
  return attachmentOf(evaluator, arn ?? arns[0], locate);
}

export const serverlessReaders: readonly TypeReader[] = [functionReader, roleReader];
