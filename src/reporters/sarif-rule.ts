import type { PolicyResult } from '../model/scan-result.ts';
import type { Severity } from '../model/severity.ts';
import { cutText, sarifLimits } from './sarif-limits.ts';
import type { SarifLevel, SarifRule } from './sarif-log.ts';

/** A policy as a SARIF rule. Everything about severity is the rule's: GitHub reads `security-severity` there alone. */
export function sarifRule(policy: PolicyResult): SarifRule {
  const { id, title, description, severity, aliases, remediation } = policy;
  return {
    id,
    ...(aliases.length > 0 ? { deprecatedIds: aliases } : {}),
    name: cutText(pascalCase(id), sarifLimits.name),
    shortDescription: { text: cutText(title, sarifLimits.description) },
    fullDescription: { text: cutText(description, sarifLimits.description) },
    ...(remediation.url === undefined ? {} : { helpUri: remediation.url }),
    help: { text: helpText(policy), markdown: helpMarkdown(policy) },
    defaultConfiguration: { level: sarifLevel(severity) },
    properties: {
      tags: tagsOf(policy),
      precision: 'very-high',
      'problem.severity': problemSeverity(severity),
      'security-severity': securitySeverity[severity],
    },
  };
}

export function sarifLevel(severity: Severity): SarifLevel {
  switch (severity) {
    case 'critical':
    case 'high':
      return 'error';
    case 'medium':
      return 'warning';
    case 'low':
    case 'info':
      return 'note';
    default:
      return severity satisfies never;
  }
}

/** Clear of the edges: GitHub cuts at 9, 7 and 4, GitLab at ten times these. */
const securitySeverity: { readonly [severity in Severity]: string } = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.5',
};

/** For GitLab, which has a severity for each result: `security-severity` times ten. */
export function sarifRank(severity: Severity): number {
  return Number(securitySeverity[severity]) * 10;
}

function problemSeverity(severity: Severity): 'error' | 'warning' | 'recommendation' {
  const level = sarifLevel(severity);
  return level === 'note' ? 'recommendation' : level;
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** GitLab takes a bare `cwe-798` and its like for a leaked secret; GitHub's own spelling says the same without that. */
function tagsOf({ tags, controls }: PolicyResult): readonly string[] {
  const own = tags.map((tag) => tag.replace(/^cwe-(\d+)$/i, 'external/cwe/cwe-$1'));
  return [...new Set(['security', ...own, ...controls.map(({ framework, id }) => `${framework}/${id}`)])].slice(0, sarifLimits.tags);
}

function helpText({ remediation }: PolicyResult): string {
  return [
    remediation.text,
    ...(remediation.cli === undefined ? [] : [remediation.cli]),
    ...(remediation.url === undefined ? [] : [remediation.url]),
  ].join('\n');
}

function helpMarkdown({ description, remediation, params, off, overrides = [], controls, equivalents, deprecated }: PolicyResult): string {
  const { text, url, cli, terraform, cloudformation } = remediation;
  const values = Object.entries(params).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [
    ...(deprecated === undefined ? [] : [`**Deprecated:** ${deprecated}`]),
    description,
    `**Remediation**\n\n${text}`,
    ...codeBlock('sh', cli),
    ...codeBlock('hcl', terraform),
    ...codeBlock('yaml', cloudformation),
    ...(values.length > 0 ? [`**Settings of this run**`, ...codeBlock('', values.join('\n'))] : []),
    ...(off === undefined ? [] : [`**Not judged** but for the resources below: ${off}`]),
    ...(overrides.length > 0 ? [`**Other settings for some resources:** see ${overrides.map(({ at }) => at).join(', ')}`] : []),
    ...(controls.length > 0 ? [`**Controls:** ${controls.map(({ framework, id }) => `${framework} ${id}`).join(', ')}`] : []),
    ...(equivalents.length > 0 ? [`**Same or similar elsewhere:** ${equivalents.join(', ')}`] : []),
    ...(url === undefined ? [] : [`<${url}>`]),
  ].join('\n\n');
}

/** Fenced by more backticks than the code holds in a row. */
function codeBlock(language: string, code: string | undefined): readonly string[] {
  if (code === undefined) return [];
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}\n${code.trimEnd()}\n${fence}`];
}
