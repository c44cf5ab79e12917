import type { FindingState } from '../model/finding.ts';

/** What became of a finding since the run before, for people. */
export const stateTexts: { readonly [state in FindingState]: string } = {
  new: 'new',
  persisting: 'persisting',
  reopened: 'came back',
  unverified: 'failed before',
};
