import type { SourceLocation } from '../../model/location.ts';
import { UserError } from '../../model/errors.ts';
import { unknownPlace, type Place } from '../../iac/place.ts';
import { locationIn, openSource } from '../../iac/source-text.ts';
import { isObject, own, type JsonObject, type Path } from './json.ts';
import { readParameters, type Parameter } from './parameters.ts';
import { rootOf, type ParsedFile } from './parse-template.ts';
import { problemAt } from './template-text.ts';

/** Resources that an expansion may make; CloudFormation takes 500. */
export const mostResources = 20_000;

/** A resource as the template writes it. */
export interface RawResource {
  readonly id: string;
  readonly type: string;
  readonly body: JsonObject;
  /** Where it stands; within a `Fn::ForEach` for one that was made by it. */
  readonly path: Path;
}

/** Something that may hide resources, or change them. */
export interface Hidden {
  readonly what: string;
  readonly hint: string;
}

/** A template: its sections, as far as they can be read without resolving anything. */
export interface Template {
  readonly file: string;
  readonly place: Place;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly globals: JsonObject;
  readonly transforms: ReadonlySet<string>;
  /** The `Resources` section as it stands; `expandResources` makes resources of it. */
  readonly section: JsonObject;
  readonly metadata: JsonObject;
  readonly outputs: JsonObject;
  readonly hidden: readonly Hidden[];
  /** Position of a path from the root of the file. `address`: the block that contributes it. */
  readonly locate: (path: Path, address?: string) => SourceLocation;
}

export interface TemplateInput {
  readonly file: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  /** Logical ids of nested stacks whose templates are read too. */
  readonly nested?: ReadonlySet<string>;
  /** Position of a resource in the code that made the template, by its logical id; undefined where that is not known. */
  readonly locateInCode?: (id: string) => SourceLocation | undefined;
  /** What a resource is called in that code, by its logical id. */
  readonly nameInCode?: (id: string) => string | undefined;
}

/** What CloudFormation and SAM themselves understand, and we too. */
const knownTransforms = /^AWS::(?:Serverless-2016-10-31|LanguageExtensions|SecretsManager-\d{4}-\d{2}-\d{2}|CodeDeployBlueGreen|EC2::.*)$/;

/** Checks the outer shape of a template. Throws UserError `input-invalid` with the place. */
export function openTemplate(parsed: ParsedFile, input: TemplateInput): Template {
  const { text, span } = parsed;
  const { file, account, region, partition } = input;
  const root = rootOf(parsed, file);
  const sectionAt = (key: string): JsonObject => {
    const value = own(root, key);
    if (value === undefined || value === null) return {};
    if (!isObject(value)) throw problemAt(text, span([key]).start, file, `${key} is not a map`);
    return value;
  };
  if (!Object.hasOwn(root, 'Resources')) {
    throw new UserError('input-invalid', `${file} has no Resources`, {
      hint: 'name a CloudFormation template, or a folder that cdk synth made',
    });
  }
  const transforms = transformsOf(own(root, 'Transform'));
  const source = openSource(file, text);
  const outputs = own(root, 'Outputs');
  return {
    file,
    place: {
      partition: partition ?? unknownPlace('partition', whereTo('partition')),
      account: account ?? unknownPlace('account', whereTo('account')),
      region: region ?? unknownPlace('region', whereTo('region')),
    },
    parameters: readParameters(sectionAt('Parameters'), input.parameters),
    mappings: sectionAt('Mappings'),
    conditions: sectionAt('Conditions'),
    globals: sectionAt('Globals'),
    metadata: sectionAt('Metadata'),
    outputs: isObject(outputs) ? outputs : {},
    transforms,
    section: sectionAt('Resources'),
    hidden: [
      ...[...transforms].filter((name) => !knownTransforms.test(name)).map((name) => macro(`the transform ${name}`)),
      ...(Object.hasOwn(root, 'Fn::Transform') ? [macro('a Fn::Transform at the root')] : []),
      ...(Object.hasOwn(sectionAt('Parameters'), 'Fn::Transform') ? [macro('a Fn::Transform in Parameters')] : []),
      ...(Object.hasOwn(sectionAt('Resources'), 'Fn::Transform') ? [macro('a Fn::Transform in Resources')] : []),
    ],
    locate: (path, address) => {
      const code = address === undefined ? undefined : input.locateInCode?.(address);
      if (code !== undefined) return code;
      const { start, end } = span(path);
      return locationIn(source, start, end, address === undefined ? undefined : (input.nameInCode?.(address) ?? address));
    },
  };
}

const whereTo = (part: string): string => `the template does not say which ${part} it is deployed to`;

function macro(what: string): Hidden {
  return {
    what: `${what} may add resources and change others`,
    hint: 'scan what it makes: aws cloudformation get-template --template-stage Processed',
  };
}

function transformsOf(value: unknown): ReadonlySet<string> {
  const names = (Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value]).map((one) => {
    const name = isObject(one) ? own(one, 'Name') : one;
    return typeof name === 'string' && /^[\w:.-]{1,100}$/.test(name) ? name : 'without a name';
  });
  return new Set(names);
}
