import { stringify } from 'yaml';
import type { PolicyText } from '../../model/policy.ts';
import type { Suppression } from './find-suppressions.ts';

export interface FoundSuppression extends Suppression {
  readonly file: string;
}

/** A file of waivers to be filled in: nothing in it is accepted before somebody has written an owner and a last day. */
export function proposeWaivers(found: readonly FoundSuppression[], policies: readonly PolicyText[], today: string): string {
  const proposals = found.flatMap(({ file, line, tool, check, reason, address }) => {
    const ids = policies.filter(({ equivalents }) => equivalents.some((one) => sameCheck(one, check))).map(({ id }) => id);
    if (ids.length === 0) return [`  # ${file}:${line}: ${tool} ${check} has no policy here\n`];
    const entry = {
      id: `${tool}-${check.toLowerCase()}-${address ?? 'unplaced'}-${line}`.slice(0, 100),
      policy: ids,
      match: { address: address ?? null },
      reason: reason === '' ? null : reason,
      owner: null,
      created: today,
      expires: null,
    };
    const text = stringify([entry], { nullStr: '', lineWidth: 0 });
    return [`  # ${file}:${line}: ${tool} ${check}\n${text.replace(/^(?=.)/gm, '  ')}`];
  });
  const head = '# Proposals made of what other tools were told to leave out: fill in what is empty, and remove what you do not accept.\n';
  return `${head}apiVersion: sealcheck/v1\nwaivers:${proposals.length === 0 ? ' []' : ''}\n${proposals.join('')}`;
}

/** Trivy writes `AVD-AWS-0098` and `AWS-0098` for one check. */
function sameCheck(ours: string, theirs: string): boolean {
  const plain = (id: string): string => id.replace(/^AVD-/i, '').toLowerCase();
  return plain(ours) === plain(theirs);
}
