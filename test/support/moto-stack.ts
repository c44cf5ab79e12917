import { childrenOf, elementsOf, readXml, textOf, type XmlElement } from '../reporters/read-xml.ts';
import { motoCredentials } from '../moto/seed/moto-clients.ts';

/** A stack as moto made it. */
export interface MotoStack {
  readonly outputs: { readonly [name: string]: string };
  /** By logical id; what moto cannot make is not there. */
  readonly resources: { readonly [logicalId: string]: { readonly type: string; readonly id: string } };
}

/** Creates a stack in moto, in us-east-1, and reads back what became of it. Throws where moto refuses it. */
export async function deployStack(
  url: string,
  name: string,
  template: string,
  parameters: { readonly [name: string]: string },
): Promise<MotoStack> {
  const given = Object.entries(parameters).flatMap(([key, value], index): [string, string][] => [
    [`Parameters.member.${index + 1}.ParameterKey`, key],
    [`Parameters.member.${index + 1}.ParameterValue`, value],
  ]);
  await ask(url, 'CreateStack', { StackName: name, TemplateBody: template, ...Object.fromEntries(given) });
  const [stack, listed] = await Promise.all([
    ask(url, 'DescribeStacks', { StackName: name }),
    ask(url, 'DescribeStackResources', { StackName: name }),
  ]);
  const status = fieldOf(stack, 'StackStatus');
  if (status !== 'CREATE_COMPLETE') throw new Error(`the stack ${name} is ${status}`);
  const outputs = members(stack, 'Outputs').map((each) => [fieldOf(each, 'OutputKey'), fieldOf(each, 'OutputValue')]);
  const made = members(listed, 'StackResources').filter((each) => elementsOf(each, 'LogicalResourceId').length > 0);
  return {
    outputs: Object.fromEntries(outputs) as MotoStack['outputs'],
    resources: Object.fromEntries(
      made.map((each) => [
        fieldOf(each, 'LogicalResourceId'),
        { type: fieldOf(each, 'ResourceType'), id: fieldOf(each, 'PhysicalResourceId') },
      ]),
    ),
  };
}

/** By hand: the project has no client of CloudFormation. moto tells the service by the scope of the signature and checks no signature yet. */
async function ask(url: string, action: string, fields: { readonly [name: string]: string }): Promise<XmlElement> {
  const scope = `${motoCredentials.accessKeyId}/20260101/us-east-1/cloudformation/aws4_request`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00` },
    body: new URLSearchParams({ Action: action, Version: '2010-05-15', ...fields }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${action}: HTTP ${answer.status}: ${text}`);
  return readXml(text);
}

function members(element: XmlElement, list: string): readonly XmlElement[] {
  return elementsOf(element, list).flatMap(childrenOf);
}

function fieldOf(element: XmlElement, name: string): string {
  const [field] = elementsOf(element, name);
  return field === undefined ? '' : textOf(field);
}
