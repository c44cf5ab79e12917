import { UserError } from '../../model/errors.ts';
import type { Gap, Resource, Scope, ScopeModel } from '../../model/resource.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import { openSource } from '../../iac/source-text.ts';
import { createCodeLocator, openAssembly } from './assembly.ts';
import { openWorld } from './open-world.ts';
import { parseFile } from './parse-template.ts';
import { waiversInMetadata } from './metadata-waivers.ts';
import { readers } from './readers.ts';
import { openTemplate, type Hidden, type TemplateInput } from './template.ts';
import type { Workspace } from './workspace.ts';
import { waiversInYaml } from './yaml-waivers.ts';

export { looksLikeAssembly } from './assembly.ts';
export { looksLikeTemplate } from './parse-template.ts';
export { readParametersFile } from './parameters-file.ts';
export { decodeTemplate } from './template-text.ts';

/** How a template is read. */
export interface TemplateOptions {
  /** As people know it: relative to the working directory, with `/`. */
  readonly file: string;
  /** What identity is relative to: the name of the stack, or the path. */
  readonly root: string;
  /** Values of parameters, before their defaults. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly classify: ValueClassifier;
}

/** How an assembly of the CDK is read. */
export interface AssemblyOptions extends Omit<TemplateOptions, 'root'> {
  /** Working directory: traces into code below it become positions. */
  readonly cwd: string;
}

/** What a template comes to, and what people should know about the reading of it. */
export interface ReadTemplate {
  readonly scope: ScopeModel;
  readonly notes: readonly string[];
}

/**
 * Reads a CloudFormation or SAM template, in YAML or JSON, as the stack is going to be. What its functions and conditions leave
 * open is Unknown. Values are looked at and dropped. Throws UserError `input-invalid` with the place for what is no template.
 */
export async function readTemplate(text: string, options: TemplateOptions): Promise<ReadTemplate> {
  return guarded(text, options);
}

/**
 * Reads every stack of what `cdk synth` wrote, those of nested assemblies and nested stacks too. Findings point to the code of the user
 * where the assembly has a trace of it, else into the template, with the path of the construct. The account and the region of a stack
 * are those that the assembly says, then those given. Parameters are of all stacks. Throws UserError as `readTemplate` does, and for a
 * folder that is no assembly.
 *
 * @param dir the folder, for reading; `options.file` is it as people know it
 */
export async function readAssembly(dir: string, options: AssemblyOptions): Promise<readonly ReadTemplate[]> {
  const stacks = openAssembly(dir, options.file);
  const locate = createCodeLocator(options.cwd);
  const made: ReadTemplate[] = [];
  for (const { root, file, text, account, region, constructs, nested } of stacks) {
    made.push(
      await guarded(text, {
        ...options,
        file,
        root,
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
        nested,
        locateInCode: (id) => {
          const construct = constructs.get(id);
          return construct && locate(construct);
        },
        nameInCode: (id) => constructs.get(id)?.path,
      }),
    );
  }
  return made;
}

async function guarded(text: string, options: TemplateOptions & TemplateInput): Promise<ReadTemplate> {
  try {
    return await read(text, options);
  } catch (error) {
    // What leads from one to the next more often than the stack is deep.
    if (error instanceof RangeError) throw new UserError('input-invalid', `${options.file} nests too deeply`);
    throw error;
  }
}

async function read(text: string, options: TemplateOptions & TemplateInput): Promise<ReadTemplate> {
  const { file, root, classify, account, region, partition } = options;
  const parsed = parseFile(text, file);
  const template = openTemplate(parsed, options);
  const { world, hidden } = openWorld(template);
  const workspace: Workspace = { world, classify, uses: [] };
  const resources: Resource[] = [];
  for (const reader of readers) resources.push(...(await reader.read(workspace)));
  const scope: Scope = {
    id: `cloudformation/${root}`,
    source: 'cloudformation',
    root,
    ...(partition === undefined ? {} : { partition }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  };
  const gaps = gapsOf(hidden);
  const waivers = [
    ...(/^\s*[{[]/.test(parsed.text) ? [] : waiversInYaml(openSource(file, parsed.text))),
    ...waiversInMetadata(world, scope.id, file),
  ];
  return {
    scope: { scope, status: gaps.length === 0 ? 'complete' : 'partial', resources, gaps, ...(waivers.length === 0 ? {} : { waivers }) },
    notes: notesOf(workspace, options),
  };
}

/** Resources that the template does not show. */
function gapsOf(hidden: readonly Hidden[]): readonly Gap[] {
  return hidden.map(({ what, hint }) => ({
    operation: 'cloudformation:template',
    action: 'cloudformation:GetTemplate',
    types: [...new Set(readers.map(({ type }) => type))].sort(),
    reason: 'unresolved-reference',
    count: 1,
    hint,
    detail: what,
  }));
}

function notesOf({ world }: Workspace, { file, nested: read }: TemplateInput): readonly string[] {
  const nested = [...world.resources.values()].filter(
    ({ id, type }) => (type === 'AWS::CloudFormation::Stack' || type === 'AWS::Serverless::Application') && read?.has(id) !== true,
  );
  if (nested.length === 0) return [];
  const names = nested
    .slice(0, 5)
    .map(({ id }) => id.slice(0, 120))
    .join(', ');
  const more = nested.length > 5 ? ` and ${nested.length - 5} more` : '';
  return [`${file}: the templates of ${names}${more} are not part of it, and are judged when they are given`];
}
