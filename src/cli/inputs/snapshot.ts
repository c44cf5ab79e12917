import { isPlainObject } from '../../resources/decode.ts';
import type { InputKind } from './input.ts';

export const snapshotInput: InputKind = {
  name: 'saved account',
  recognise: ({ content }) => content.kind === 'text' && isPlainObject(content.json) && content.json['kind'] === 'sealcheck-snapshot',
  read: async ({ content, shown }, { selected }) => {
    const { readSavedAccount } = await import('../../read-saved-account.ts');
    const { collection, collectedAt } = readSavedAccount(content.kind === 'text' ? content.json : undefined, selected, shown);
    return { ...collection, collectedAt };
  },
};
