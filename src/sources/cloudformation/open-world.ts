import { Unknown } from '../../model/unknown.ts';
import { Evaluator } from './evaluator.ts';
import { isObject, own, setOwn, type JsonObject, type Path } from './json.ts';
import { loopPrefix } from './loops.ts';
import { mostResources, type Hidden, type RawResource, type Template } from './template.ts';
import { mostNodes } from './template-text.ts';
import { withGlobals } from './with-globals.ts';
import type { World } from './world.ts';

export interface OpenWorld {
  readonly world: World;
  /** What may hide resources. */
  readonly hidden: readonly Hidden[];
}

/** SAM makes a role for these, unless they name one. */
const hasImplicitRole: ReadonlySet<string> = new Set(['AWS::Serverless::Function', 'AWS::Serverless::StateMachine']);

/** The resources of a template, those of its loops among them. */
export function openWorld(template: Template): OpenWorld {
  const loops = { left: mostNodes };
  // Lists of loops are made of parameters and maps; resources come of them.
  const bare: World = { template, resources: new Map(), implicit: new Map(), loops };
  const hidden: Hidden[] = [...template.hidden];
  const conditions = expandSection(bare, template.conditions, [], hidden);
  const known: World = {
    ...bare,
    template: { ...template, conditions: Object.fromEntries(conditions.map(({ key, value }) => [key, value])) },
  };
  const resources = new Map<string, RawResource>();
  for (const { key: id, value, path } of expandSection(known, template.section, ['Resources'], hidden)) {
    const type = own(value, 'Type');
    if (!isObject(value) || typeof type !== 'string') {
      hidden.push({ what: `what stands at ${id.slice(0, 120)} in Resources is no resource`, hint: 'give it a Type' });
      continue;
    }
    const open = withOpenProperties(value);
    const body = type === 'AWS::Serverless::Function' ? withGlobals(open, own(template.globals, 'Function')) : open;
    resources.set(id, { id, type, body, path });
  }
  const implicit = new Map<string, string>();
  for (const { id, type, body } of resources.values()) {
    if (hasImplicitRole.has(type) && own(own(body, 'Properties'), 'Role') === undefined) implicit.set(`${id}Role`, 'AWS::IAM::Role');
  }
  return { world: { ...known, resources, implicit }, hidden };
}

/** A macro beside the type of a resource may change all of its properties, as one among them may. */
function withOpenProperties(body: JsonObject): JsonObject {
  if (!Object.hasOwn(body, 'Fn::Transform')) return body;
  const properties = own(body, 'Properties');
  return { ...body, Properties: { ...(isObject(properties) ? properties : {}), 'Fn::Transform': body['Fn::Transform'] } };
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly path: Path;
}

function expandSection(world: World, section: JsonObject, at: Path, hidden: Hidden[]): readonly Entry[] {
  const entries: Entry[] = [];
  const add = (map: JsonObject, path: Path, depth: number): void => {
    for (const [key, value] of Object.entries(map)) {
      if (key === 'Fn::Transform') continue;
      if (!key.startsWith(loopPrefix)) {
        entries.push({ key, value, path: [...path, key] });
        continue;
      }
      const made = depth > 5 ? new Unknown('unresolved-reference', 'it nests too deeply') : new Evaluator(world).loop(key, value);
      if (made instanceof Unknown || entries.length > mostResources) {
        const why = made instanceof Unknown ? made.detail : 'it makes too many';
        hidden.push({
          what: `a loop makes resources that cannot be told: ${why}`,
          hint: 'give the parameters of its list with --parameters',
        });
        continue;
      }
      for (const one of made) {
        // The place of what a loop makes is the body of the loop, under the key as it is written there.
        if (one.key.startsWith(loopPrefix)) {
          const inner = {};
          setOwn(inner, one.key, one.value);
          add(inner, [...path, key, 2], depth + 1);
        } else entries.push({ key: one.key, value: one.value, path: [...path, key, 2, one.from] });
      }
    }
  };
  add(section, at, 0);
  return entries;
}
