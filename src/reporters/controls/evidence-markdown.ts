import type { PolicyEvidence, RequirementEvidence } from '../../model/control-evidence.ts';
import { safeText } from '../safe-text.ts';
import type { EvidenceReporter } from './evidence-reporter.ts';
import { scopeOfEvidence, statusWords, summaryLine } from './words.ts';

/** A page: a table of the requirements, then each with its policies and the sources of its mapping. */
export const evidenceMarkdown: EvidenceReporter = {
  name: 'markdown',
  render: (evidence) => {
    const { framework, run, scopes, requirements } = evidence;
    const lines = [
      `# ${escape(`${framework.title} ${framework.version}`)}`,
      '',
      `Run ${escape(run.id)} of ${escape(run.asOf)}, Sealcheck ${escape(run.toolVersion)}, over ${scopes.map((scope) => code(scope)).join(', ') || 'nothing'}.`,
      scopeOfEvidence,
      '',
      `**${summaryLine(evidence)}**`,
      '',
      '| requirement | status | pass | fail | unknown | waived | not applicable |',
      '|---|---|--:|--:|--:|--:|--:|',
      ...requirements.map(tableRow),
      ...requirements.filter(({ policies }) => policies.length > 0).flatMap(section),
    ];
    return `${lines.join('\n')}\n`;
  },
};

function tableRow({ id, title, status, counts }: RequirementEvidence): string {
  const numbers =
    status === 'not_covered' ? ['', '', '', '', ''] : [counts.pass, counts.fail, counts.unknown, counts.waived, counts.not_applicable];
  return `| ${[`${escape(id)} ${escape(title)}`, statusWords[status], ...numbers].join(' | ')} |`;
}

function section({ id, title, status, policies, mapped }: RequirementEvidence): readonly string[] {
  const sources = mapped.map(({ check, url }) => `[${escape(check)}](${url})`).join(', ');
  return [
    '',
    `## ${escape(id)}: ${statusWords[status]}`,
    '',
    `${escape(title)}. Source of the mapping: ${sources}.`,
    '',
    ...policies.map(policyLine),
  ];
}

function policyLine({ id, title, counts, reasons }: PolicyEvidence): string {
  const said =
    counts === undefined ? [] : [`${String(counts.pass)} pass`, `${String(counts.fail)} fail`, `${String(counts.waived)} waived`];
  const parts = [...said, ...reasons.map((reason) => escape(reason))].join('; ');
  return `- ${code(id)}${title === undefined ? '' : ` ${escape(title)}`}: ${parts}`;
}

function escape(text: string): string {
  return safeText(text).replace(/[\\`*_{}[\]<>#|!]/g, '\\$&');
}

function code(text: string): string {
  return `\`${safeText(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
