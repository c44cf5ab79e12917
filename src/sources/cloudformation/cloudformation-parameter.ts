import { cloudFormationParameter, type TemplateParameterAttributes } from '../../resources/cloudformation-parameter.ts';
import { couldBeCredential } from '../../resources/literal-credentials.ts';
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

/** The text is looked at and dropped. */
function judgeDefault(text: string): 'literal' | 'reference' | 'filler' {
  if (couldBeCredential('password', text)) return 'literal';
  return /^(?:arn:|[a-z][a-z0-9+.-]*:\/\/)|\{\{resolve:|\//i.test(text) ? 'reference' : 'filler';
}
