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
  /** Of a first line `# param: name=value`, for a policy that judges nothing until it is told what to ask for; as `--param` takes it. */
  readonly params: readonly string[];
}

const folder = 'test/fixtures/remediations';
const extensions = { terraform: '.tf', cloudformation: '.yaml' } as const;
type Language = keyof typeof extensions;

const { policies } = loadPolicies(['policies'], { builtin: true });

export interface Remedies {
  /** Of policies that judge the code. */
  readonly inCode: readonly Remedy[];
  /** Of policies that only judge a live account, whose snippet shows what it does when it is deployed. */
  readonly inAccount: readonly Remedy[];
  /** Fixtures that are missing: the policy has a snippet, and nothing shows that it mends the fault. */
  readonly missing: readonly string[];
  /** Fixtures of no policy, or of one without a snippet. */
  readonly left: readonly string[];
}

/** Of the policies with a snippet in the language. */
export function remediesIn(language: Language): Remedies {
  const files = readdirSync(folder).filter((name) => name.endsWith(extensions[language]));
  const withSnippet = policies.filter(({ remediation }) => remediation[language] !== undefined);
  const shown = (those: readonly Policy[]): readonly Remedy[] => those.flatMap((policy) => remedyOf(policy, language) ?? []);
  const wanted = withSnippet.map(({ id }) => id + extensions[language]);
  return {
    inCode: shown(withSnippet.filter(({ sources }) => sources.includes(language))),
    inAccount: shown(withSnippet.filter(({ sources }) => !sources.includes(language))),
    missing: wanted.filter((name) => !files.includes(name)),
    left: files.filter((name) => !wanted.includes(name)),
  };
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
  const [, param] = /^# param: (.*)\n/.exec(before) ?? [];
  return {
    ...{ id, before, after: before.replace(fault, () => `${indented}\n`), gone: before.startsWith('# gone: ') },
    params: param === undefined ? [] : [`${id}.${param}`],
  };
}

/** What the policy of a remedy says of the resources whose address begins so; in a word each, without what it does not judge. */
export function verdictsOf(
  scope: ScopeModel,
  { id, params = [] }: Pick<Remedy, 'id'> & Partial<Pick<Remedy, 'params'>>,
  prefix = '',
): readonly string[] {
  const pack = selectPolicies(policies, { ids: [id], tags: [], params });
  const { findings } = evaluate({ scopes: [scope], provenance: {}, notes: [] }, pack, { now: Date.UTC(2026, 10, 25), detail: 'all' });
  return findings.filter((finding) => finding.resource.address.startsWith(prefix) && finding.status !== 'not_applicable').map(describe);
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
