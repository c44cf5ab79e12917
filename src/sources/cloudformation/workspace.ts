import { declaredResource } from '../../iac/declared-resource.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import type { ResourceType } from '../../resources/resource-type.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import type { Evaluator } from './evaluator.ts';
import { exists } from './links.ts';
import type { RawResource } from './template.ts';
import { readVariants, type Draft } from './variants.ts';
import type { World } from './world.ts';

/** Something of the template that a key of the template encrypts. */
export interface KeyUse {
  readonly key: string;
  readonly type: string;
  readonly name: Maybe<string>;
}

/** What the readers of the types share. */
export interface Workspace {
  readonly world: World;
  readonly classify: ValueClassifier;
  /** Filled by the readers of secrets and parameters, for that of keys. */
  readonly uses: KeyUse[];
}

/** Reads the resources of one type. */
export interface TypeReader {
  readonly type: string;
  readonly read: (workspace: Workspace) => Promise<readonly Resource[]>;
}

export function ofTypes({ world }: Workspace, ...types: readonly string[]): readonly RawResource[] {
  return [...world.resources.values()].filter(({ type }) => types.includes(type));
}

export interface Declared {
  readonly type: ResourceType;
  readonly address: string;
  readonly global?: boolean;
  /** For what stands in for an owner outside the template: stands for all that it does not say. */
  readonly standIn?: Unknown;
}

/** A resource as it comes to be under every decision of the open conditions; undefined when it does not exist under any. */
export async function declare(
  { world, uses }: Workspace,
  resource: RawResource,
  declared: Declared,
  read: (evaluator: Evaluator) => Draft | undefined | Promise<Draft | undefined>,
): Promise<Resource | undefined> {
  const draft = await readVariants(world, async (evaluator) => (exists(evaluator, resource) === false ? undefined : await read(evaluator)));
  if (draft === undefined) return undefined;
  const name = draft.attributes['name'];
  const known = typeof name === 'string' || name instanceof Unknown ? name : undefined;
  for (const key of draft.keys ?? []) uses.push({ key, type: declared.type.name, name: known ?? declared.address });
  return declaredResource({
    ...declared,
    source: 'cloudformation',
    name: declared.standIn === undefined ? known : undefined,
    place: world.template.place,
    attributes: draft.attributes,
    origins: draft.origins,
    ...(draft.variants === undefined ? {} : { variants: draft.variants }),
  });
}

/** The resources that there are. */
export async function declareAll<T>(items: readonly T[], one: (item: T) => Promise<Resource | undefined>): Promise<readonly Resource[]> {
  const made: Resource[] = [];
  for (const item of items) {
    const resource = await one(item);
    if (resource !== undefined) made.push(resource);
  }
  return made;
}

/** A name that the template does not give. */
export const madeUp = new Unknown('known-after-apply', 'CloudFormation makes up the name');
