import type { Change } from '../../model/resource.ts';
import { parseSteps } from './address.ts';
import type { Block } from './block.ts';
import { moduleInstances, readModules, type ConfigModule, type ModuleInstance } from './module-tree.ts';
import type { Plan, PriorResource, ResourceChange } from './plan.ts';

/** The blocks of a plan, found by type, by place in the configuration, and by address. */
export interface PlanIndex {
  readonly plan: Plan;
  readonly root: ConfigModule;
  /** Blocks that are there after apply, and data sources. In the order of the plan. */
  readonly blocks: readonly Block[];
  /** Managed blocks to judge and, in a partial plan, those around them. */
  readonly ofType: (type: string) => readonly Block[];
  /** Instances of `TYPE.NAME` or `data.TYPE.NAME` in a module instance. */
  readonly instancesOf: (module: ModuleInstance, name: string) => readonly Block[];
  /**
   * The expression of a local value, in the form of `configuration`: `{ constant_value }` or `{ references }`. Always undefined without
   * the source files, since a plan leaves locals out.
   */
  readonly localExpression: (module: ModuleInstance, name: string) => unknown;
  /** Instances of a module call within a module instance. */
  readonly moduleInstancesOf: (parent: ModuleInstance, callName: string) => readonly ModuleInstance[];
}

export function indexPlan(plan: Plan, localExpression: PlanIndex['localExpression'] = () => undefined): PlanIndex {
  const root = readModules(plan.configuration);
  const instances = moduleInstances(root);
  const top = instances([]);
  const moduleAt = (address: string): ModuleInstance => (address.startsWith('module.') ? instances(parseSteps(address) ?? []) : top);
  const blocks: Block[] = [];
  const addresses = new Set<string>();
  const add = (block: Block | undefined): void => {
    if (block === undefined || addresses.has(block.address)) return;
    addresses.add(block.address);
    blocks.push(block);
  };
  // An object being replaced has a change of its own kind; what is deleted or leaves Terraform's care is not judged.
  const gone = new Set<string>();
  for (const change of plan.changes) {
    const block = plannedBlock(change, moduleAt);
    if (block) add(block);
    else gone.add(change.address);
  }
  for (const prior of plan.prior) {
    if (prior.mode === 'managed' && !plan.refreshOnly && plan.partial === undefined) continue;
    if (!gone.has(prior.address)) add(priorBlock(prior, plan.refreshOnly, moduleAt));
  }
  const byType = group(blocks, ({ mode, type }) => (mode === 'managed' ? type : `data.${type}`));
  const byPlace = group(blocks, ({ module, mode, type, name }) => placeKey(module, `${mode === 'data' ? 'data.' : ''}${type}.${name}`));
  const modules = new Map<string, ModuleInstance>();
  for (const { module } of blocks) {
    for (let at: ModuleInstance | undefined = module; at?.parent !== undefined; at = at.parent) modules.set(at.address, at);
  }
  const byCall = group([...modules.values()], ({ parent, config }) => `${parent?.address ?? ''}\n${config?.callName ?? ''}`);
  return {
    plan,
    root,
    blocks,
    localExpression,
    ofType: (type) => byType.get(type) ?? [],
    instancesOf: (module, name) => byPlace.get(placeKey(module, name)) ?? [],
    moduleInstancesOf: (parent, callName) => byCall.get(`${parent.address}\n${callName}`) ?? [],
  };
}

function placeKey(module: ModuleInstance, name: string): string {
  return `${module.address}\n${name}`;
}

function group<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const into = groups.get(key);
    if (into) into.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function plannedBlock(change: ResourceChange, moduleAt: (address: string) => ModuleInstance): Block | undefined {
  const { address, previousAddress, mode, type, name, key, actions, after, afterUnknown } = change;
  const kind = changeOf(actions);
  if (kind === undefined) return undefined;
  const module = moduleAt(address);
  return {
    address,
    ...(previousAddress === undefined || previousAddress === address ? {} : { previousAddress }),
    module,
    mode,
    type,
    name,
    key,
    change: mode === 'data' ? undefined : kind,
    values: after,
    unknown: afterUnknown,
    config: configOf(module, mode, type, name),
  };
}

/** Undefined where nothing is left: deleted, or forgotten by Terraform (it stays in AWS, and is nobody's to judge here). */
function changeOf(actions: readonly string[]): Change | undefined {
  if (actions.includes('forget') && !actions.includes('create')) return undefined;
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : undefined;
  if (actions.includes('create')) return 'create';
  return actions.includes('update') ? 'update' : 'none';
}

function priorBlock(prior: PriorResource, judged: boolean, moduleAt: (address: string) => ModuleInstance): Block {
  const { address, mode, type, name, key, values } = prior;
  const module = moduleAt(address);
  return {
    address,
    module,
    mode,
    type,
    name,
    key,
    change: judged && mode === 'managed' ? 'none' : undefined,
    values,
    unknown: false,
    config: configOf(module, mode, type, name),
  };
}

function configOf(module: ModuleInstance, mode: 'managed' | 'data', type: string, name: string): Block['config'] {
  return module.config?.resources.get(`${mode === 'data' ? 'data.' : ''}${type}.${name}`);
}
