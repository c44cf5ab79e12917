import { UserError } from '../../model/errors.ts';
import type { Gap, Resource, Scope, ScopeModel } from '../../model/resource.ts';
import { Unknown } from '../../model/unknown.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import { localExpressions, sourcesOf } from './code-sources.ts';
import { createLinks } from './links.ts';
import { indexKeys, type KeyUse } from './keys.ts';
import { indexPlan } from './plan-index.ts';
import type { PlanReader } from './plan-reader.ts';
import { openPlan, type Plan } from './plan.ts';
import { readPlaces, type PlaceOptions } from './providers.ts';
import { readers } from './readers.ts';
import { openSourceTree, waiversIn } from './source-tree.ts';
import type { Workspace } from './workspace.ts';

export interface PlanOptions extends PlaceOptions {
  /** The plan as people know it, for errors. */
  readonly file: string;
  /** What identity is relative to. */
  readonly root: string;
  /** Folder of the .tf files; without it there are no positions, and less is decided. */
  readonly sourceDir?: string;
  readonly classify: ValueClassifier;
}

/**
 * Reads what `terraform show -json` wrote of a plan, as the account will be after apply. Values that the plan holds are looked at
 * and dropped. Throws UserError `input-invalid` or `input-unsupported`.
 */
export async function readTerraformPlan(json: unknown, options: PlanOptions): Promise<ReadPlan> {
  try {
    return await readPlan(json, options);
  } catch (error) {
    // The one way for data to end a recursion: they are nested thousands deep.
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('input-invalid', `${options.file} is nested deeper than any plan that Terraform writes`, {
      hint: 'make the plan again with terraform show -json, and leave it as it is',
    });
  }
}

/** What a plan comes to, and what people should know about the reading of it. */
export interface ReadPlan {
  readonly scope: ScopeModel;
  readonly notes: readonly string[];
}

async function readPlan(json: unknown, options: PlanOptions): Promise<ReadPlan> {
  const plan = openPlan(json, options.file);
  const tree = options.sourceDir === undefined ? undefined : openSourceTree(options.sourceDir);
  const index = indexPlan(plan, tree && localExpressions(tree));
  const bare: PlanReader = { index, sources: undefined, placeOf: readPlaces(index, options) };
  const reader: PlanReader = tree === undefined ? bare : { ...bare, sources: sourcesOf(tree, bare) };
  const uses: KeyUse[] = [];
  const workspace: Workspace = {
    reader,
    links: createLinks(reader),
    keys: indexKeys(reader),
    uses,
    classify: options.classify,
    ...(plan.partial === undefined ? {} : { partial: new Unknown('partial-input', plan.partial) }),
  };
  const resources: Resource[] = [];
  for (const one of readers) resources.push(...(await one.read(workspace)));
  const scope: Scope = { id: `terraform/${options.root}`, source: 'terraform', root: options.root };
  const gaps = gapsOf(plan);
  const status = gaps.length === 0 ? 'complete' : 'partial';
  const waivers = tree === undefined ? [] : waiversIn(tree, index.root);
  return {
    scope: {
      scope,
      status,
      ...(plan.partial === undefined ? {} : { whole: false as const }),
      resources,
      gaps,
      ...(waivers.length === 0 ? {} : { waivers }),
    },
    notes: notesOf(plan, options.file),
  };
}

/** Resources that the plan does not show at all: what is put off to a later plan. */
function gapsOf({ deferred }: Plan): readonly Gap[] {
  if (deferred.length === 0) return [];
  return [
    {
      operation: 'terraform:plan',
      action: 'terraform:plan',
      types: readers.map(({ type }) => type).sort(),
      reason: 'partial-input',
      count: deferred.length,
      hint: 'Apply this plan, make the next one, and scan that too.',
      detail: `${deferred.length} deferred changes are not in the plan`,
    },
  ];
}

function notesOf({ partial, refreshOnly, destroysAll, failedChecks }: Plan, file: string): readonly string[] {
  return [
    ...(partial === undefined ? [] : [`${file}: ${partial}, so what is not in it may be there all the same`]),
    ...(refreshOnly ? [`${file} only refreshes: what is there already was judged`] : []),
    ...(destroysAll ? [`${file} destroys everything in it: there is nothing to judge`] : []),
    ...(failedChecks.length === 0
      ? []
      : [`${file}: checks of the configuration itself do not hold: ${failedChecks.slice(0, 5).join(', ')}`]),
  ];
}
