import { dirname } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { isPlainObject } from '../../resources/decode.ts';
import type { InputKind, OpenInput, ReadContext } from './input.ts';
import { holdsCode, identityRoot, onlyRegion, shownPath } from './where.ts';

export const terraformPlanInput: InputKind = {
  name: 'Terraform plan',
  recognise: ({ content }) => {
    if (content.kind !== 'text' || !isPlainObject(content.json)) return false;
    const { json } = content;
    // A state has `values` at the top, and no configuration.
    return (
      ['resource_changes', 'planned_values', 'configuration'].some((key) => Object.hasOwn(json, key)) && !Object.hasOwn(json, 'Resources')
    );
  },
  read: async (input, { flags, classify }) => {
    const { readTerraformPlan } = await import('../../sources/terraform/index.ts');
    const folder = sourceFolder(input, flags);
    const { content, shown } = input;
    const region = onlyRegion(flags);
    const { scope, notes } = await readTerraformPlan(content.kind === 'text' ? content.json : undefined, {
      file: shown,
      root: flags.root ?? identityRoot(folder ?? (input.path === undefined ? '.' : dirname(input.path))),
      ...(folder === undefined ? {} : { sourceDir: shownPath(folder) }),
      ...(flags.account === undefined ? {} : { account: flags.account }),
      ...(region === undefined ? {} : { region }),
      classify,
    });
    return { scopes: [scope], provenance: {}, notes };
  },
};

/** The folder of the .tf files: the one that is named, else the one that the plan lies in, if there are any. */
function sourceFolder({ path }: OpenInput, { source }: ReadContext['flags']): string | undefined {
  if (source !== undefined) {
    if (!holdsCode(source))
      throw new UserError('usage', `there are no .tf files in ${source}`, { hint: '--source names the folder that the plan was made in' });
    return source;
  }
  const beside = path === undefined ? '.' : dirname(path);
  return holdsCode(beside) ? beside : undefined;
}
