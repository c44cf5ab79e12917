import type { Finding } from '../../../model/finding.ts';
import type { ScanResult, WaiverState, WaiverUse } from '../../../model/scan-result.ts';
import type { WaiverNote } from '../../../model/waiver.ts';
import { html, type Markup } from '../markup.ts';
import { count } from '../words.ts';

const stateTexts: { readonly [state in WaiverState]: string } = {
  active: 'Holds',
  expiring: 'Expires soon',
  expired: 'Expired: it covers nothing any more',
  'not-yet': 'Does not hold yet',
};
const stateOrder: readonly WaiverState[] = ['expired', 'expiring', 'not-yet', 'active'];
const useTexts = { used: '', unused: 'Speaks of nothing that is there', 'not-judged': 'Speaks of nothing that was judged' } as const;

/** Accepted risks: who answers for each, until when, and which need somebody to look at them. */
export function waiversView({ run, findings, scopes }: ScanResult): Markup {
  const uses = run.waivers?.waivers ?? [];
  const known = new Set(uses.map(({ id }) => id));
  const others = new Map<string, { readonly waiver: WaiverNote; findings: number; gaps: number }>();
  const add = (waiver: WaiverNote, kind: 'findings' | 'gaps'): void => {
    if (known.has(waiver.id)) return;
    const entry = others.get(waiver.id) ?? { waiver, findings: 0, gaps: 0 };
    entry[kind] += 1;
    others.set(waiver.id, entry);
  };
  for (const finding of findings) if (isWaived(finding)) add(finding.waiver, 'findings');
  for (const { gaps } of scopes) for (const gap of gaps) if (gap.waiver !== undefined) add(gap.waiver, 'gaps');
  if (uses.length + others.size === 0) return html`<p class="quiet">There are no waivers in this run.</p>`;
  const sorted = [...uses].sort(
    (a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) || (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : 0),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="List of waivers">
    <table class="plain-table">
      <thead>
        <tr>
          <th scope="col">Waiver</th>
          <th scope="col">Last day</th>
          <th scope="col">State</th>
          <th scope="col">Reason</th>
          <th scope="col">Owner</th>
          <th scope="col">Covers</th>
        </tr>
      </thead>
      <tbody>
        ${sorted.map((use) => waiverRow(use, use, use))}${[...others.values()].map((other) => waiverRow(other.waiver, other))}
      </tbody>
    </table>
  </div>`;
}

function isWaived(finding: Finding): finding is Extract<Finding, { readonly status: 'waived' }> {
  return finding.status === 'waived';
}

function waiverRow(
  { id, reason, owner, expires, ticket, approvedBy }: WaiverNote,
  covered: { readonly findings: number; readonly gaps: number },
  use?: WaiverUse,
): Markup {
  const coverage = [
    ...(covered.findings > 0 ? [count(covered.findings, 'finding')] : []),
    ...(covered.gaps > 0 ? [count(covered.gaps, 'gap')] : []),
  ];
  const people = [owner, ...(approvedBy === undefined ? [] : [`approved by ${approvedBy}`]), ...(ticket === undefined ? [] : [ticket])];
  const note = use === undefined ? '' : useTexts[use.use];
  return html`<tr>
    <th scope="row">${id}${use !== undefined && html`<br /><span class="quiet">${use.file}:${use.line}</span>`}</th>
    <td>${expires}</td>
    <td>
      ${use !== undefined && html`<span class="waiver-state ws-${use.state}">${stateTexts[use.state]}</span>`}${note !== '' && html`<br />${note}`}
    </td>
    <td>${reason}</td>
    <td>${people.join(', ')}</td>
    <td>${coverage.length === 0 ? 'Nothing' : coverage.join(', ')}</td>
  </tr>`;
}
