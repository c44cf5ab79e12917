import { resolve } from 'node:path';
import { stackFlags } from './cloudformation-template.ts';
import type { InputKind } from './input.ts';

export const cdkAssemblyInput: InputKind = {
  name: 'CDK assembly',
  recognise: ({ content }) => content.kind === 'folder' && content.names.has('manifest.json'),
  read: async ({ path = '.', shown }, { flags, classify }) => {
    const { readAssembly } = await import('../../sources/cloudformation/index.ts');
    const stacks = await readAssembly(path, { file: shown, cwd: resolve('.'), ...(await stackFlags(flags)), classify });
    return { scopes: stacks.map(({ scope }) => scope), provenance: {}, notes: stacks.flatMap(({ notes }) => notes) };
  },
};
