import { isPlainObject } from '../../resources/decode.ts';
import type { InputKind } from './input.ts';

export const snapshotInput: InputKind = {
  name: 'saved account',
  recognise: ({ content }) => content.kind === 'text' && isPlainObject(content.json) && content.json['kind'] === 'sealcheck-snapshot',
  read: async ({ content, shown }, { selected }) => {
    const [{ readSnapshot }, { reportUncollected }, { needsOf }] = await Promise.all([
      import('../../sources/snapshot/snapshot.ts'),
      import('../../sources/snapshot/report-uncollected.ts'),
      import('../../scan.ts'),
    ]);
    const { collection, collectedAt } = readSnapshot(content.kind === 'text' ? content.json : undefined, shown);
    return { ...reportUncollected(collection, needsOf(selected)), collectedAt };
  },
};
