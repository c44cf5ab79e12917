import type { Step } from './address.ts';
import { keyText, modulesOf } from './address.ts';
import { isObject, listOf, own, textOf, type JsonObject } from './json.ts';

/** A module as the configuration has it, without instances. */
export interface ConfigModule {
  /** Module names from the root with dots between, as in `.terraform/modules/modules.json`; empty for the root. */
  readonly path: string;
  readonly parent: ConfigModule | undefined;
  /** The call in the parent; undefined for the root. */
  readonly call: JsonObject | undefined;
  readonly callName: string | undefined;
  /** Its own part of the configuration: resources, variables, outputs. */
  readonly body: JsonObject;
  /** By `TYPE.NAME` or `data.TYPE.NAME`. */
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly children: ReadonlyMap<string, ConfigModule>;
}

/** One instance of a module. */
export interface ModuleInstance {
  /** `module.a["x"].module.b`; empty for the root. */
  readonly address: string;
  readonly parent: ModuleInstance | undefined;
  readonly key: string | number | undefined;
  readonly config: ConfigModule | undefined;
}

/** Deeper nesting is no configuration that anybody writes. */
const deepest = 100;

export function readModules(root: JsonObject): ConfigModule {
  return readModule(root, undefined, undefined, undefined, '', 0);
}

function readModule(
  body: JsonObject,
  parent: ConfigModule | undefined,
  call: JsonObject | undefined,
  callName: string | undefined,
  path: string,
  depth: number,
): ConfigModule {
  const resources = new Map<string, JsonObject>();
  for (const entry of listOf(own(body, 'resources'))) {
    const [type, name] = [textOf(own(entry, 'type')), textOf(own(entry, 'name'))];
    if (!isObject(entry) || type === undefined || name === undefined) continue;
    resources.set(`${own(entry, 'mode') === 'data' ? 'data.' : ''}${type}.${name}`, entry);
  }
  const children = new Map<string, ConfigModule>();
  const module: ConfigModule = { path, parent, call, callName, body, resources, children };
  const calls = own(body, 'module_calls');
  if (!isObject(calls) || depth >= deepest) return module;
  for (const [name, child] of Object.entries(calls)) {
    const inner = own(child, 'module');
    if (!isObject(child)) continue;
    children.set(name, readModule(isObject(inner) ? inner : {}, module, child, name, path === '' ? name : `${path}.${name}`, depth + 1));
  }
  return module;
}

/** Finds the module instances of addresses; each exists once. */
export function moduleInstances(root: ConfigModule): (steps: readonly Step[]) => ModuleInstance {
  const top: ModuleInstance = { address: '', parent: undefined, key: undefined, config: root };
  const known = new Map<string, ModuleInstance>([['', top]]);
  return (steps) => {
    let module = top;
    for (const { name, key } of modulesOf(steps)) module = childInstance(module, name, key, known);
    return module;
  };
}

function childInstance(
  parent: ModuleInstance,
  name: string,
  key: string | number | undefined,
  known: Map<string, ModuleInstance>,
): ModuleInstance {
  const address = `${parent.address === '' ? '' : `${parent.address}.`}module.${name}${keyText(key)}`;
  const made = known.get(address);
  if (made) return made;
  const fresh: ModuleInstance = { address, parent, key, config: parent.config?.children.get(name) };
  known.set(address, fresh);
  return fresh;
}
