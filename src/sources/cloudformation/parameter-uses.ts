import type { ParameterUse } from '../../resources/cloudformation-parameter.ts';
import { nameWords } from '../../resources/name-words.ts';
import { nameLooksSecret } from '../../resources/secret-name.ts';
import { Evaluator, intrinsicOf } from './evaluator.ts';
import { isObject, listOf, own, type JsonObject, type Path } from './json.ts';
import { exists } from './links.ts';
import type { World } from './world.ts';
import { mentionsIn, plain, writtenText, type Mention } from './written-text.ts';

/** A place that prints a parameter. */
export interface Shown {
  readonly where: string;
  readonly path: Path;
}

/** What becomes of the parameters of a template, by their name; of those that nothing uses there is no entry. */
export interface ParameterUses {
  readonly uses: ReadonlyMap<string, readonly ParameterUse[]>;
  readonly shown: ReadonlyMap<string, readonly Shown[]>;
}

/**
 * Where the parameters of a template go. Both branches of a condition count, since what a parameter is for does not hang on
 * the one that is taken.
 */
export function parameterUses(world: World): ParameterUses {
  const { template, resources } = world;
  const evaluator = new Evaluator(world);
  const uses = new Map<string, ParameterUse[]>();
  const shown = new Map<string, Shown[]>();
  if (template.parameters.size === 0) return { uses, shown };
  const isParameter = (name: string): boolean => template.parameters.has(name);
  const show = (name: string, where: string, path: Path): void => {
    const places = shown.get(name) ?? [];
    if (!places.some((place) => place.where === where)) shown.set(name, [...places, { where, path }]);
  };
  for (const resource of resources.values()) {
    const { id, type, body, path } = resource;
    const isLeftOut = exists(evaluator, resource) === false;
    for (const place of placesIn(own(body, 'Properties'), evaluator)) {
      const untaken = isLeftOut || place.untaken;
      for (const [name, as] of judgePlace(type, place, isParameter)) {
        const property = place.path.map(String).map(shortened).join('.');
        const others = uses.get(name) ?? [];
        if (
          !others.some((use) => use.resource === id && use.property === property && use.as === as && (use.untaken ?? false) === untaken)
        ) {
          uses.set(name, [...others, { resource: id, type, property, as, ...(untaken ? { untaken } : {}) }]);
        }
      }
    }
    for (const place of placesIn(own(body, 'Metadata'), evaluator)) {
      for (const name of printedIn(place.raw, isParameter)) show(name, `${id}.Metadata`, [...path, 'Metadata', ...place.path]);
    }
  }
  for (const [id, output] of Object.entries(template.outputs)) {
    for (const name of printedIn(own(output, 'Value'), isParameter)) show(name, `Outputs.${shortened(id)}`, ['Outputs', id, 'Value']);
  }
  return { uses, shown };
}

/** A value that is made by a function, and the map that it stands in. */
interface ValuePlace {
  readonly path: Path;
  readonly raw: unknown;
  readonly around: JsonObject;
  /** In a branch that is decided against. */
  readonly untaken: boolean;
}

function placesIn(properties: unknown, evaluator: Evaluator): readonly ValuePlace[] {
  const found: ValuePlace[] = [];
  const visit = (raw: unknown, path: Path, around: JsonObject, untaken: boolean): void => {
    const intrinsic = intrinsicOf(raw);
    if (intrinsic?.name === 'Fn::If') {
      const [name, ...branches] = listOf(intrinsic.argument);
      const holds = typeof name === 'string' ? evaluator.condition(name) : undefined;
      branches.forEach((branch, index) => visit(branch, path, around, untaken || holds === (index !== 0)));
    } else if (intrinsic?.name === 'Fn::ToJsonString' && isObject(intrinsic.argument)) visit(intrinsic.argument, path, around, untaken);
    else if (intrinsic !== undefined) found.push({ path, raw, around, untaken });
    else if (Array.isArray(raw)) raw.forEach((element: unknown, index) => visit(element, [...path, index], around, untaken));
    else if (isObject(raw)) for (const [key, element] of Object.entries(raw)) visit(element, [...path, key], raw, untaken);
  };
  visit(properties, [], {}, false);
  return found;
}

function printedIn(raw: unknown, isParameter: (name: string) => boolean): readonly string[] {
  return mentionsIn(writtenText(raw, isParameter)).flatMap(({ parameter, inReference }) => (inReference ? [] : [parameter]));
}

type As = ParameterUse['as'];

function judgePlace(type: string, place: ValuePlace, isParameter: (name: string) => boolean): readonly (readonly [string, As])[] {
  const mentions = mentionsIn(writtenText(place.raw, isParameter));
  const kind = mentions.length === 0 ? 'other' : kindOfPlace(type, place, isParameter);
  // Of a text of several, those that say that they are credentials, and all where none does.
  const someTell = mentions.some(({ parameter }) => nameLooksSecret(parameter));
  return mentions.map((mention) => {
    const as = asWrittenAround(mention) ?? kind;
    const isPartOnly = kind === 'credential' && someTell && !nameLooksSecret(mention.parameter);
    return [mention.parameter, as === kind && isPartOnly ? 'other' : as];
  });
}

/** What the text around a parameter says of it; undefined when it says nothing. */
function asWrittenAround({ inReference, before, after }: Mention): As | undefined {
  if (inReference || /(?:^|["'\s=])arn:[^\s"']{0,2048}$/.test(before)) return 'name';
  if (/:\/\/[^\s:/@]{0,100}:$/.test(before) && after.startsWith('@')) return 'credential';
  const pair = /([A-Za-z_][\w.-]{0,100})\\{0,2}["']?\s{0,5}[:=]\s{0,5}\\{0,2}["']?$/.exec(before)?.[1];
  return pair === undefined ? undefined : kindOfName(pair);
}

/** Properties that are credentials, whatever they are called. */
const credentialProperties: ReadonlySet<string> = new Set(['AWS::SecretsManager::Secret SecretString', 'AWS::ApiGateway::ApiKey Value']);

/** Properties that sound like credentials and take the ARN or the name of something. */
const namingProperties: ReadonlySet<string> = new Set(['EncryptionKey', 'Credential', 'Credentials', 'AuthorizerCredentials']);

/** What stands beside a `Value` to say of what. */
const labels = ['Name', 'name', 'OptionName', 'Key', 'ParameterKey', 'ParameterName'];

function kindOfPlace(type: string, { path, around }: ValuePlace, isParameter: (name: string) => boolean): As {
  if (path.includes('Tags')) return 'other';
  const last = path.findLast((step) => typeof step === 'string') ?? '';
  if (credentialProperties.has(`${type} ${path.join('.')}`)) return 'credential';
  if (namingProperties.has(last)) return 'name';
  if (!/^(?:Parameter)?Value$/i.test(last)) return kindOfName(last);
  if (type === 'AWS::SSM::Parameter' && own(around, 'Type') === 'SecureString') return 'credential';
  const label = labels.find((name) => own(around, name) !== undefined);
  return label === undefined ? 'other' : kindOfName(plain(writtenText(own(around, label), isParameter)));
}

const namingWords: ReadonlySet<string> = new Set(
  ['arn', 'id', 'identifier', 'name', 'path', 'uri', 'url', 'resource', 'parameter', 'alias', 'location', 'prefix', 'file'].flatMap(
    (word) => [word, `${word}s`],
  ),
);

function kindOfName(name: string): As {
  // ManageMasterUserPassword, which is a switch.
  if (/^Manage[A-Z]/.test(name)) return 'other';
  if (nameLooksSecret(name)) return 'credential';
  const last = nameWords(name).at(-1)?.at(-1) ?? '';
  return namingWords.has(last) || name === 'ValueFrom' ? 'name' : 'other';
}

/** A name that people gave, if it is one that may be shown. */
function shortened(name: string): string {
  return /^[\w.:/-]{1,100}$/.test(name) ? name : '(…)';
}
