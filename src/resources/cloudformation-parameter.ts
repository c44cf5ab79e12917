import { resourceType, type AttributesOf } from './resource-type.ts';
import { bool, list, object, oneOf, optional, required, string, type ValueOf } from './shape.ts';

/** Only a template has parameters: a stack in an account has what came of them, and a plan has variables. */
const templateOnly = { sources: ['cloudformation'] } as const;

const parameterUse = object('ParameterUse', {
  resource: required(string, 'Logical id of the resource.'),
  type: required(string, 'Type of the resource.'),
  property: required(string, 'The property, such as `MasterUserPassword` or `Environment.Variables.DB_PASSWORD`.'),
  as: required(
    oneOf('credential', 'name', 'other'),
    'What the property takes there: a `credential`, by its name or by the text around the parameter; the `name`, id, path or ARN of something, as in a dynamic reference; or `other`.',
  ),
  untaken: optional(
    bool,
    'True where the conditions of the template, with the values that the scan has, leave out the resource or the branch; absent otherwise.',
  ),
});

/** One place where a resource uses a parameter. */
export type ParameterUse = ValueOf<typeof parameterUse>;

export const cloudFormationParameter = resourceType({
  name: 'AWS::CloudFormation::Parameter',
  doc: 'A parameter of a CloudFormation or SAM template; `name` is its logical id. Live accounts and plans have none.',
  service: 'cloudformation',
  kind: 'parameter',
  attributes: {
    takes: required(
      oneOf('text', 'identifier', 'store'),
      'What it takes, by its type: any `text`; an `identifier`, which is a number or something of AWS such as the name of a key pair; or the name of a value that CloudFormation reads from Parameter `store`.',
      templateOnly,
    ),
    noEcho: required(bool, 'Whether CloudFormation masks its value.', templateOnly),
    default: optional(
      oneOf('literal', 'reference', 'path', 'filler'),
      'Its default: a `literal` that could be a credential; a `reference`, which is an ARN or `{{resolve:…}}`; a `path` or an address, by its looks; or a `filler`, such as `none`. Absent without a default, and where it is empty.',
      templateOnly,
    ),
    overridden: required(bool, 'Whether the scan was given another value than its default.', templateOnly),
    uses: required(
      list(parameterUse),
      'The properties of resources that it becomes part of, in any branch of a condition. A condition, or the key of a map, is not among them.',
      templateOnly,
    ),
    shownIn: required(
      list(string),
      'Outputs and metadata of resources that print it, such as `Outputs.Password` or `Server.Metadata`: NoEcho does not mask those.',
      templateOnly,
    ),
  },
});

export type TemplateParameterAttributes = AttributesOf<typeof cloudFormationParameter>;
