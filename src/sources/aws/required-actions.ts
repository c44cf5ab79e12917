import type { Needs } from '../../model/resource.ts';
import { neededOperations } from './needed-collectors.ts';
import type { Flags } from './options.ts';

/** IAM actions that a collection with these needs uses, sorted. sts:GetCallerIdentity is not among them: it needs no permission. */
export function requiredActions(needs: Needs, options: Flags): readonly string[] {
  return neededOperations(needs, options);
}
