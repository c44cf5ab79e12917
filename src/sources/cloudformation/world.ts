import type { RawResource, Template } from './template.ts';

/** A template with its resources, those that loops and SAM make among them. */
export interface World {
  readonly template: Template;
  readonly resources: ReadonlyMap<string, RawResource>;
  /** Types of what SAM makes beside the resources that are written, such as `FunctionRole`. */
  readonly implicit: ReadonlyMap<string, string>;
  readonly loops: LoopBudget;
}

/** Parts that loops may still make, so that loops within loops come to an end. */
export interface LoopBudget {
  left: number;
}

/** The type of a logical id; undefined for one that the template has not. */
export function typeOf({ resources, implicit }: World, id: string): string | undefined {
  return resources.get(id)?.type ?? implicit.get(id);
}
