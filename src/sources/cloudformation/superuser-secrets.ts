import { namesSuperuser } from '../../resources/rotation-strategy.ts';
import { Evaluator } from './evaluator.ts';
import { linkOf } from './links.ts';
import { rawAt, textAt, valueAt } from './properties.ts';
import { superuserParameters } from './rotation-strategy.ts';
import type { RawResource } from './template.ts';
import { takeApart } from './value-source.ts';
import type { World } from './world.ts';

const secretTypes = ['AWS::SecretsManager::Secret'];

/** The properties that a database takes its superuser from. */
const masterProperties = ['MasterUsername', 'MasterUserPassword', 'AdminUsername', 'AdminUserPassword'];

const found = new WeakMap<World, ReadonlySet<string>>();

/**
 * Whether a secret is of the superuser of a database: a database takes its password from it, a rotation alternates the users of others
 * by it, or its name says so.
 */
export function isOfSuperuser(evaluator: Evaluator, secret: RawResource): boolean {
  const { world } = evaluator;
  const used = found.get(world) ?? usedAsSuperuser(world);
  found.set(world, used);
  const name = textAt(evaluator, secret, ['Name']);
  return used.has(secret.id) || namesSuperuser(secret.id) || (typeof name === 'string' && namesSuperuser(name));
}

function usedAsSuperuser(world: World): ReadonlySet<string> {
  const evaluator = new Evaluator(world);
  const ids = new Set<string>();
  const note = (resource: RawResource, path: readonly string[]): void => {
    const link = linkOf(evaluator, valueAt(evaluator, resource, path), secretTypes);
    if (link.kind === 'resource') ids.add(link.id);
  };
  for (const resource of world.resources.values()) {
    if (resource.type === 'AWS::SecretsManager::RotationSchedule') {
      for (const name of ['SuperuserSecretArn', 'MasterSecretArn']) note(resource, ['HostedRotationLambda', name]);
    } else if (resource.type === 'AWS::Serverless::Application') {
      for (const name of superuserParameters) note(resource, ['Parameters', name]);
    } else if (/^AWS::(?:RDS|DocDB|Redshift|RedshiftServerless)::/.test(resource.type)) {
      for (const name of masterProperties) for (const id of secretsIn(evaluator, rawAt(evaluator, resource, [name]))) ids.add(id);
    }
  }
  return ids;
}

/** The secrets of the template that a value is read from. */
function secretsIn(evaluator: Evaluator, raw: unknown): readonly string[] {
  return takeApart(evaluator, raw).leaves.flatMap((leaf) => {
    const link = leaf.kind === 'resource' ? linkOf(evaluator, leaf.reference, secretTypes) : undefined;
    return link?.kind === 'resource' ? [link.id] : [];
  });
}
