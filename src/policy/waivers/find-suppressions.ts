/** What another tool was told to leave out. */
export interface Suppression {
  readonly tool: string;
  /** Id of the check, as that tool calls it. */
  readonly check: string;
  readonly reason: string;
  /** Counts from 1. */
  readonly line: number;
  /** Address of the block that it is most likely about; undefined where that cannot be told. */
  readonly address?: string;
}

/** In comments: checkov, tfsec and trivy. */
const marks = [
  { tool: 'checkov', pattern: /checkov:skip=([\w,-]+)(?::[ \t]*(.*))?/ },
  { tool: 'tfsec', pattern: /tfsec:ignore:([\w-]+)/ },
  { tool: 'trivy', pattern: /trivy:ignore:([\w-]+)/ },
] as const;

/** In the metadata of templates: cdk-nag and cfn-nag write the same key, with ids of their own. */
const listKeys = /^\s*-?\s*["']?(rules_to_suppress|SuppressedRules)["']?\s*:/;

/** The suppressions of other tools in a .tf file or a template, by what the text looks like: good enough to propose, never to obey. */
export function findSuppressions(text: string): readonly Suppression[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index): readonly Suppression[] => {
    const address = addressAt(lines, index);
    const place = { line: index + 1, ...(address === undefined ? {} : { address }) };
    const inComment = marks.flatMap(({ tool, pattern }) => {
      const [found, ids = '', reason = ''] = /#|\/\//.test(line) ? (pattern.exec(line) ?? []) : [];
      if (found === undefined) return [];
      return ids.split(',').map((check) => ({ tool, check, reason: reason.trim(), ...place }));
    });
    const key = listKeys.exec(line)?.[1];
    return key === undefined ? inComment : [...inComment, ...listed(key, listText(lines, index)).map((one) => ({ ...one, ...place }))];
  });
}

/** The text of the list that begins on a line: to its closing bracket, or as far as it is indented. */
function listText(lines: readonly string[], index: number): string {
  const first = (lines[index] ?? '').replace(/^[^:]*:/, '');
  const rest = [first, ...lines.slice(index + 1)].join('\n');
  if (first.trim().startsWith('[')) return rest.slice(0, rest.indexOf(']') + 1);
  const indent = indentOf(lines[index] ?? '');
  const end = lines.findIndex((line, at) => at > index && line.trim() !== '' && indentOf(line) <= indent && !/^\s*-/.test(line));
  return lines.slice(index + 1, end < 0 ? undefined : end).join('\n');
}

function listed(key: string, text: string): readonly Pick<Suppression, 'tool' | 'check' | 'reason'>[] {
  if (key === 'SuppressedRules')
    return [...text.matchAll(/[A-Z][A-Z0-9_]{3,}/g)].map(([check]) => ({ tool: 'cfn-guard', check, reason: '' }));
  const parts = text.split(/\{|^\s*-\s/m);
  return parts.flatMap((part) => {
    const check = /\bid["']?\s*:\s*["']?([\w-]+)/.exec(part)?.[1];
    const reason = /reason["']?\s*:\s*(?:"([^"]*)"|'([^']*)'|([^\n}]*))/.exec(part);
    if (check === undefined) return [];
    return [
      { tool: /^[FW]\d+$/.test(check) ? 'cfn-nag' : 'cdk-nag', check, reason: (reason?.[1] ?? reason?.[2] ?? reason?.[3] ?? '').trim() },
    ];
  });
}

/** The block of Terraform, or the logical id below Resources, that a line stands in; of a comment before a block, that block. */
function addressAt(lines: readonly string[], index: number): string | undefined {
  const own = lines[index] ?? '';
  if (/^(#|\/\/)/.test(own)) {
    const below = lines.slice(index + 1).find((line) => !/^(#|\/\/)/.test(line));
    return below === undefined ? undefined : blockName(below);
  }
  const here = blockName(own);
  if (here !== undefined) return here;
  let indent = indentOf(own);
  let inner = '';
  for (let at = index - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || indentOf(line) >= indent) continue;
    const block = blockName(line);
    if (block !== undefined) return block;
    if (/^\s*["']?Resources["']?\s*:/.test(line)) return /^\s*["']?(\w+)["']?\s*:/.exec(inner)?.[1];
    [indent, inner] = [indentOf(line), line];
  }
  return undefined;
}

function blockName(line: string): string | undefined {
  const [, type, name] = /^\s*resource\s+"([\w-]+)"\s+"([\w-]+)"/.exec(line) ?? [];
  return type === undefined || name === undefined ? undefined : `${type}.${name}`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
