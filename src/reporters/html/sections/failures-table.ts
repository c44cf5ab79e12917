import type { Finding } from '../../../model/finding.ts';
import type { ScanResult } from '../../../model/scan-result.ts';
import { severityBadge } from '../badge.ts';
import { html, type Markup } from '../markup.ts';
import { count, groupDigits, statusWords } from '../words.ts';

const most = 200;

/** The worst findings as a plain table: for print, and for who runs no script. Failures first, then what is unknown. */
export function failuresTable({ findings, policies }: ScanResult): Markup {
  const titles = new Map(policies.map(({ id, title }) => [id, title]));
  const open = [...findings.filter(({ status }) => status === 'fail'), ...findings.filter(({ status }) => status === 'unknown')];
  const shown = open.slice(0, most);
  return html`<div class="static" id="failures">
    <h3>${open.length > most ? `The first ${most} of ${groupDigits(open.length)} open findings` : count(open.length, 'open finding')}</h3>
    ${
      shown.length > 0 &&
      html`<table class="plain-table">
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Status</th>
            <th scope="col">Resource</th>
            <th scope="col">Finding</th>
            <th scope="col">Where</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((finding) => row(finding, titles.get(finding.policyId) ?? finding.policyId))}
        </tbody>
      </table>`
    }
  </div>`;
}

function row(finding: Finding, title: string): Markup {
  const { severity, status, resource, location, scope } = finding;
  const where =
    location === undefined
      ? [resource.account, resource.region].filter((part) => part !== undefined).join(' ')
      : `${location.file}:${location.startLine}`;
  return html`<tr>
    <td>${severityBadge(severity)}</td>
    <td><span class="status st-${status}">${statusWords[status]}</span></td>
    <td>${resource.name}</td>
    <td><strong>${title}</strong><br />${'message' in finding && finding.message}</td>
    <td>${where === '' ? scope : where}</td>
  </tr>`;
}
