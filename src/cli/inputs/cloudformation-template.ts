import { readFileSync } from 'node:fs';
import { UserError } from '../../model/errors.ts';
import { isPlainObject } from '../../resources/decode.ts';
import type { InputKind, ReadContext } from './input.ts';
import { identityRoot, onlyRegion } from './where.ts';

export const cloudFormationInput: InputKind = {
  name: 'CloudFormation template',
  recognise: async ({ content }) => {
    if (content.kind !== 'text') return false;
    const { json, text } = content;
    if (json !== undefined)
      return isPlainObject(json) && (Object.hasOwn(json, 'Resources') || Object.hasOwn(json, 'AWSTemplateFormatVersion'));
    const { looksLikeTemplate } = await import('../../sources/cloudformation/index.ts');
    return looksLikeTemplate(text);
  },
  read: async ({ content, shown, path }, { flags, classify }) => {
    const { readTemplate } = await import('../../sources/cloudformation/index.ts');
    const { scope, notes } = await readTemplate(content.kind === 'text' ? content.text : '', {
      file: shown,
      root: flags.root ?? (path === undefined ? '-' : identityRoot(path)),
      ...(await stackFlags(flags)),
      classify,
    });
    return { scopes: [scope], provenance: {}, notes };
  },
};

/** What templates and assemblies take from the command line. */
export async function stackFlags(flags: ReadContext['flags']): Promise<{
  readonly parameters: ReadonlyMap<string, string>;
  readonly account?: string;
  readonly region?: string;
}> {
  const { parameters, account } = flags;
  const region = onlyRegion(flags);
  return {
    parameters: parameters === undefined ? new Map<string, string>() : await readParameters(parameters),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  };
}

async function readParameters(path: string): Promise<ReadonlyMap<string, string>> {
  const { readParametersFile } = await import('../../sources/cloudformation/index.ts');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError('file-unreadable', `cannot read the parameters in ${path}: ${(error as NodeJS.ErrnoException).code ?? 'error'}`, {
      cause: error,
    });
  }
  return readParametersFile(text, path);
}
