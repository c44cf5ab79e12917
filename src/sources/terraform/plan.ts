import { UserError } from '../../model/errors.ts';
import { isObject, listOf, own, textOf, type JsonObject } from './json.ts';

/** What `terraform show -json PLAN` says, with the outer shape checked; values are left as they are. */
export interface Plan {
  readonly changes: readonly ResourceChange[];
  /** Resources as they were before, data sources that were read included. */
  readonly prior: readonly PriorResource[];
  readonly configuration: JsonObject;
  readonly providers: JsonObject;
  readonly variables: JsonObject;
  /** Why resources may be missing from the plan; undefined for a whole one. */
  readonly partial?: string;
  /** Only refreshes: nothing is planned, what is there is judged. */
  readonly refreshOnly: boolean;
  /** Only deletes: nothing is left to judge. */
  readonly destroysAll: boolean;
  readonly deferred: readonly string[];
  /** Addresses of the `check` blocks and conditions of the configuration that do not hold. */
  readonly failedChecks: readonly string[];
}

export interface ResourceChange {
  readonly address: string;
  readonly previousAddress?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  readonly actions: readonly string[];
  readonly after: unknown;
  readonly afterUnknown: unknown;
}

export interface PriorResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  readonly values: unknown;
}

const makeIt = 'terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json';

/**
 * Checks the outer shape of a plan. Throws UserError `input-invalid` with the place for what Terraform would not write,
 * `input-unsupported` for a format version that we do not know, for a failed plan and for one that holds nothing.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function openPlan(json: unknown, file: string): Plan {
  if (!isObject(json)) throw invalid(file, '', 'it is not an object');
  checkVersion(own(json, 'format_version'), file);
  if (own(json, 'errored') === true) {
    throw new UserError('input-unsupported', `${file} is a plan that failed: Terraform could not tell all that it would do`, {
      hint: `mend the errors that terraform plan shows, then make it again: ${makeIt}`,
    });
  }
  const configuration = objectAt(json, 'configuration', file);
  const prior = readPrior(own(json, 'prior_state'), file);
  const refreshOnly = !Object.hasOwn(json, 'resource_changes') && prior.some(({ mode }) => mode === 'managed');
  if (!refreshOnly && listOf(own(json, 'resource_changes') ?? []).length === 0 && !isWrong(own(json, 'resource_changes'))) {
    throw new UserError('input-unsupported', `${file} is a plan without resources`, {
      hint: `make it from the whole configuration: ${makeIt}`,
    });
  }
  const changes = refreshOnly ? [] : readChanges(own(json, 'resource_changes'), file);
  const deferred = readDeferred(own(json, 'deferred_changes'), file);
  const partial = whyPartial(json, deferred);
  return {
    changes,
    prior,
    configuration: objectAt(configuration, 'root_module', file, 'configuration.'),
    providers: objectAt(configuration, 'provider_config', file, 'configuration.'),
    variables: objectAt(json, 'variables', file),
    ...(partial === undefined ? {} : { partial }),
    refreshOnly,
    destroysAll: destroysAll(changes),
    deferred,
    failedChecks: listOf(own(json, 'checks')).flatMap((check) => {
      const status = own(check, 'status');
      const address = textOf(own(own(check, 'address'), 'to_display'));
      return address !== undefined && (status === 'fail' || status === 'error') ? [address] : [];
    }),
  };
}

/** There, but no list: told as such below. */
function isWrong(changes: unknown): boolean {
  return changes !== undefined && changes !== null && !Array.isArray(changes);
}

function checkVersion(version: unknown, file: string): void {
  if (typeof version !== 'string') {
    throw invalid(file, 'format_version', 'it is missing');
  }
  if (/^1(\.\d+)?$/.test(version)) return;
  const shown = /^[\w.-]{1,20}$/.test(version) ? version : 'what stands here';
  throw new UserError('input-unsupported', `${file}: format_version: this version of sealcheck reads plans of format 1.x, not ${shown}`, {
    hint: 'use a version of sealcheck that knows this format',
  });
}

function readChanges(list: unknown, file: string): readonly ResourceChange[] {
  if (!Array.isArray(list)) throw invalid(file, 'resource_changes', 'it is not a list');
  return list.map((entry: unknown, index) => readChange(entry, `resource_changes[${index}]`, file));
}

function readChange(entry: unknown, path: string, file: string): ResourceChange {
  const { address, mode, type, name, key } = readHead(entry, path, file);
  const change = own(entry, 'change');
  if (!isObject(change)) throw invalid(file, `${path}.change`, 'it is not an object');
  const actions = own(change, 'actions');
  if (!Array.isArray(actions) || actions.some((action) => typeof action !== 'string')) {
    throw invalid(file, `${path}.change.actions`, 'it is not a list of words');
  }
  const previousAddress = textOf(own(entry, 'previous_address'));
  return {
    address,
    ...(previousAddress === undefined ? {} : { previousAddress }),
    mode,
    type,
    name,
    key,
    actions: actions as readonly string[],
    after: own(change, 'after'),
    afterUnknown: own(change, 'after_unknown'),
  };
}

type Head = Pick<PriorResource, 'address' | 'mode' | 'type' | 'name' | 'key'>;

function readHead(entry: unknown, path: string, file: string): Head {
  if (!isObject(entry)) throw invalid(file, path, 'it is not an object');
  const text = (key: string): string => {
    const value = own(entry, key);
    if (typeof value !== 'string' || value === '') throw invalid(file, `${path}.${key}`, 'it is not a text');
    return value;
  };
  const mode = own(entry, 'mode');
  if (mode !== 'managed' && mode !== 'data') throw invalid(file, `${path}.mode`, 'it is neither managed nor data');
  const index = own(entry, 'index');
  const key = typeof index === 'string' || typeof index === 'number' ? index : undefined;
  return { address: text('address'), mode, type: text('type'), name: text('name'), key };
}

function readPrior(state: unknown, file: string): readonly PriorResource[] {
  const found: PriorResource[] = [];
  const modules: { readonly module: unknown; readonly path: string }[] = [
    { module: own(own(state, 'values'), 'root_module'), path: 'prior_state.values.root_module' },
  ];
  for (let next = modules.pop(); next !== undefined; next = modules.pop()) {
    const { module, path } = next;
    listOf(own(module, 'resources')).forEach((entry, index) => {
      found.push({ ...readHead(entry, `${path}.resources[${index}]`, file), values: own(entry, 'values') });
    });
    listOf(own(module, 'child_modules')).forEach((child, index) => {
      modules.push({ module: child, path: `${path}.child_modules[${index}]` });
    });
  }
  return found;
}

/** Addresses of what Terraform puts off to a later plan (experimental in 1.11). */
function readDeferred(list: unknown, file: string): readonly string[] {
  return listOf(list).map((entry, index) => {
    const address = own(own(entry, 'resource_change'), 'address');
    if (typeof address !== 'string') throw invalid(file, `deferred_changes[${index}]`, 'it names no resource');
    return address;
  });
}

function whyPartial(json: JsonObject, deferred: readonly string[]): string | undefined {
  if (deferred.length > 0) return 'the plan defers changes to a later one';
  return own(json, 'complete') === false
    ? 'the plan is not complete: it was made with -target or leaves changes to a later one'
    : undefined;
}

function destroysAll(changes: readonly ResourceChange[]): boolean {
  const managed = changes.filter(({ mode }) => mode === 'managed');
  return managed.length > 0 && managed.every(({ actions }) => actions.length === 1 && (actions[0] === 'delete' || actions[0] === 'forget'));
}

function objectAt(parent: unknown, key: string, file: string, prefix = ''): JsonObject {
  const value = own(parent, key);
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw invalid(file, `${prefix}${key}`, 'it is not an object');
  return value;
}

function invalid(file: string, path: string, message: string): UserError {
  return new UserError('input-invalid', `${file}: ${path === '' ? '' : `${path}: `}${message}`, {
    hint: `make the plan again, and leave it as it is: ${makeIt}`,
  });
}
