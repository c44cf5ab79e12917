import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { ScopeModel } from '../../src/model/resource.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { selectPolicies } from '../../src/policy/select-policies.ts';

/**
 * One snippet of a remediation in its surroundings: `test/fixtures/remediations/<policy>.tf` or `.yaml` holds what the snippet refers to and,
 * between two comments, the fault. The snippet takes the place of the fault, as deep as the first comment stands.
 */
export interface Remedy {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  /** Set by a first line `# gone: why`: what was at fault is no longer there, so that nothing is left that could pass. */
  readonly gone: boolean;
}

const folder = 'test/fixtures/remediations';
const extensions = { terraform: '.tf', cloudformation: '.yaml' } as const;
type Language = keyof typeof extensions;

const { policies } = loadPolicies(['policies'], { builtin: true });
const pack = selectPolicies(policies, { ids: [], tags: [], params: [] });

export interface Remedies {
  readonly shown: readonly Remedy[];
  /** Fixtures that are missing: the policy has a snippet, and nothing shows that it mends the fault. */
  readonly missing: readonly string[];
  /** Fixtures of no policy, or of one without a snippet. */
  readonly left: readonly string[];
}

/** Of the policies with a snippet in the language. */
export function remediesIn(language: Language): Remedies {
  const files = readdirSync(folder).filter((name) => name.endsWith(extensions[language]));
  const shown = policies.flatMap((policy) => remedyOf(policy, language) ?? []);
  const wanted = policies.filter(({ remediation }) => remediation[language] !== undefined).map(({ id }) => id + extensions[language]);
  return { shown, missing: wanted.filter((name) => !files.includes(name)), left: files.filter((name) => !wanted.includes(name)) };
}

/** Fixtures that are known to be missing, so that a new one cannot be forgotten and a written one is struck off. */
export function untried(language: Language): readonly string[] {
  const lines = readFileSync(`${folder}/untried.txt`, 'utf8').split('\n');
  return lines.filter((line) => line.endsWith(extensions[language]));
}

function remedyOf({ id, remediation }: Policy, language: Language): Remedy | undefined {
  const snippet = remediation[language];
  const file = `${folder}/${id}${extensions[language]}`;
  if (snippet === undefined || !existsSync(file)) return undefined;
  const before = readFileSync(file, 'utf8');
  const fault = /^( *)# fault: .*\n(?:.*\n)*? *# end of the fault\n/m;
  const [, indent = ''] = fault.exec(before) ?? [];
  if (!fault.test(before)) throw new Error(`${file} does not say where the fault is`);
  const indented = snippet.trimEnd().replace(/^(?=.)/gm, indent);
  return { id, before, after: before.replace(fault, () => `${indented}\n`), gone: before.startsWith('# gone: ') };
}

/** What the policy says of the resources, of those whose address begins so; in a word each, without what it does not judge. */
export function verdictsOf(scope: ScopeModel, id: string, prefix = ''): readonly string[] {
  const { findings } = evaluate({ scopes: [scope], provenance: {}, notes: [] }, pack, { now: Date.UTC(2026, 10, 25), detail: 'all' });
  return findings
    .filter((finding) => finding.policyId === id && finding.resource.address.startsWith(prefix) && finding.status !== 'not_applicable')
    .map(describe);
}

function describe(finding: Finding): string {
  switch (finding.status) {
    case 'fail':
      return `fail: ${finding.message}`;
    case 'unknown':
      return `unknown: ${finding.unknown.map(({ path, detail }) => `${path} ${detail}`).join(', ')}`;
    case 'pass':
    case 'waived':
    case 'not_applicable':
      return finding.status;
    default:
      return finding satisfies never;
  }
}
