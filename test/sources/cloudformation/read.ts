import { readFileSync } from 'node:fs';
import type { Resource } from '../../../src/model/resource.ts';
import { createValueClassifier } from '../../../src/resources/secret-value.ts';
import { readTemplate, type ReadTemplate, type TemplateOptions } from '../../../src/sources/cloudformation/index.ts';

export const classify = await createValueClassifier();

export const fixtures = new URL('../../fixtures/cloudformation/', import.meta.url).pathname;

export function fixture(name: string): string {
  return readFileSync(fixtures + name, 'utf8');
}

/** Reads a template as the file `template.yaml`. */
export function read(text: string, options: Partial<TemplateOptions> = {}): Promise<ReadTemplate> {
  return readTemplate(text, { file: 'template.yaml', root: 'orders', parameters: new Map(), classify, ...options });
}

/** The resources of a template whose `Resources` section is given, by address. */
export async function resourcesOf(text: string, options: Partial<TemplateOptions> = {}): Promise<ReadonlyMap<string, Resource>> {
  const { scope } = await read(text, options);
  return new Map(scope.resources.map((resource) => [resource.address, resource]));
}
