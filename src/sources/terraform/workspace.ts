import type { KeyIndex } from '../../iac/key-link.ts';
import type { Change, Resource } from '../../model/resource.ts';
import type { Unknown } from '../../model/unknown.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import type { Block } from './block.ts';
import type { KeyUse } from './keys.ts';
import type { Links } from './links.ts';
import type { PlanReader } from './plan-reader.ts';

/** What the readers of single types share. */
export interface Workspace {
  readonly reader: PlanReader;
  readonly links: Links;
  readonly keys: KeyIndex;
  /** Told of every secret and parameter that a key of the plan encrypts. */
  readonly uses: KeyUse[];
  readonly classify: ValueClassifier;
  /** Set when resources may be missing from the plan: then absence proves nothing. */
  readonly partial?: Unknown;
}

/** Reads the resources of one CloudFormation type out of the blocks that make them up. */
export interface TypeReader {
  /** CloudFormation type name. */
  readonly type: string;
  readonly read: (workspace: Workspace) => Promise<readonly Resource[]> | readonly Resource[];
}

const order: readonly Change[] = ['none', 'create', 'update', 'replace'];

/** What happens to a resource that several blocks make up: its own change, but an update where only others change. */
export function changeOf(own: Block, others: readonly (Block | undefined)[]): Change | undefined {
  const change = own.change;
  if (change !== 'none') return change;
  const touched = others.some((block) => block?.change !== undefined && order.indexOf(block.change) > 0);
  return touched ? 'update' : change;
}
