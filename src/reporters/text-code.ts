import type { FindingResource } from '../model/finding.ts';
import type { SourceLocation } from '../model/location.ts';
import { planTexts } from './finding-words.ts';
import type { OpenFinding } from './open-findings.ts';
import type { ResourceGroup } from './text-groups.ts';

/** The place in code that stands for the resource: that of its worst finding that has one. */
export function groupLocation({ findings }: ResourceGroup): SourceLocation | undefined {
  return findings.find(({ location }) => location !== undefined)?.location;
}

/** Where the finding is, as far as the header has not said: `line 8 in aws_secretsmanager_secret_rotation.db`; mostly nothing. */
export function whereInCode({ location, resource }: OpenFinding, shown: SourceLocation | undefined): string {
  if (location === undefined) return '';
  const elsewhere = location.file !== shown?.file ? `${location.file}:${location.startLine}` : `line ${location.startLine}`;
  const place = location.file === shown?.file && location.startLine === shown.startLine ? '' : elsewhere;
  const block = location.address === undefined || location.address === resource.address ? '' : `in ${location.address}`;
  return [place, block].filter((part) => part !== '').join(' ');
}

/** What becomes of a live finding by the code that was given with it; empty where its resource is not in the code. */
export function planNote({ plan }: OpenFinding): string {
  return plan === undefined ? '' : `(${planTexts[plan]})`;
}

/** `unchanged` where the plan does nothing to the resource: what is wrong with it was there before. */
export function changeNote({ change }: FindingResource): string {
  return change === 'none' ? 'unchanged' : '';
}
