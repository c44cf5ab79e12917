import { cloudFormationParameter, type TemplateParameterAttributes } from '../../resources/cloudformation-parameter.ts';
import { credentialBeside } from '../../resources/credential-beside.ts';
import { couldBeCredential } from '../../resources/literal-credentials.ts';
import { findSecretShape } from '../../resources/secret-patterns.ts';
import { declaredResource } from '../../iac/declared-resource.ts';
import type { Path } from './json.ts';
import { parameterUses, type ParameterUses } from './parameter-uses.ts';
import type { Parameter } from './parameters.ts';
import type { Template } from './template.ts';
import type { TypeReader } from './workspace.ts';

/** The parameters of the template itself. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
export const templateParameterReader: TypeReader = {
  type: cloudFormationParameter.name,
  read: ({ world }) => {
    const found = parameterUses(world);
    return Promise.resolve([...world.template.parameters.values()].map((parameter) => readParameter(world.template, parameter, found)));
  },
};

function readParameter({ place, locate }: Template, parameter: Parameter, found: ParameterUses): ReturnType<typeof declaredResource> {
  const { name, noEcho, fallback = '', given } = parameter;
  const shown = found.shown.get(name) ?? [];
  const attributes: TemplateParameterAttributes = {
    name,
    account: place.account,
    region: place.region,
    takes: parameter.fromStore ? 'store' : parameter.isIdentifier ? 'identifier' : 'text',
    noEcho,
    ...(fallback.trim() === '' ? {} : { default: judgeDefault(fallback.trim()) }),
    overridden: given,
    uses: found.uses.get(name) ?? [],
    shownIn: shown.map(({ where }) => where),
  };
  const at =
    (...path: Path) =>
    () =>
      locate(path, name);
  return declaredResource({
    type: cloudFormationParameter,
    source: 'cloudformation',
    address: name,
    name,
    place,
    attributes,
    origins: [
      { path: '', locate: at('Parameters', name) },
      { path: 'takes', locate: at('Parameters', name, 'Type') },
      { path: 'noEcho', locate: at('Parameters', name, 'NoEcho') },
      { path: 'default', locate: at('Parameters', name, 'Default') },
      { path: 'shownIn', locate: at(...(shown[0]?.path ?? ['Parameters', name])) },
    ],
  });
}

/** Words that a text about credentials uses for want of one, and that are one where they are the value. */
const weak = /^(?:passw(?:or)?d|pass|pwd|secret|admin|user(?:name)?|\d{4,})$/i;

/** The text is looked at and dropped. */
function judgeDefault(text: string): NonNullable<TemplateParameterAttributes['default']> {
  if (/^arn:|\{\{resolve:/i.test(text)) return credentialBeside(text) === 'yes' ? 'literal' : 'reference';
  if (couldBeCredential('password', text) || findSecretShape(text) !== undefined || weak.test(text)) return 'literal';
  if (/^[a-z][a-z0-9+.-]*:\/\/|^[./~]/i.test(text)) return 'path';
  if (!text.includes('/')) return 'filler';
  return text.split('/').every(isWordy) ? 'path' : 'literal';
}

/** A segment as people name things, `prod`, `orders-v2` or `OrdersDb2`: random ones change case behind a digit. */
function isWordy(segment: string): boolean {
  return !(/[a-z]/.test(segment) && /\d[A-Z]/.test(segment));
}
