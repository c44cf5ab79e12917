/**
 * What GitLab's SARIF ingest refuses, skips or drops without a word (GitLab documentation "SARIF", GA in 19.2): more than 20 runs or 5,000
 * results a run, messages above 2,048 characters, more than ten tags, results without rule or physical location, and of two results with
 * one rule, file, start and end line all but one. A tag such as `cwe-798` would make the report one on leaked secrets.
 *
 * Returns one sentence for each problem; none if the file may be uploaded.
 */
export function checkGitlabProfile(sarif: unknown): string[] {
  const problems: string[] = [];
  const runs = list(field(sarif, 'runs'));
  if (runs.length === 0) problems.push('no runs');
  if (runs.length > 20) problems.push(`${runs.length} runs, 20 are taken`);
  if (Buffer.byteLength(JSON.stringify(sarif)) > 10_000_000) problems.push('more than 10 MB');
  for (const [index, run] of runs.entries()) {
    const report = (problem: string): void => void problems.push(`run ${index}: ${problem}`);
    for (const rule of list(field(run, 'tool', 'driver', 'rules'))) {
      const tags = list(field(rule, 'properties', 'tags'));
      if (tags.length > 10) report(`${tags.length} tags on ${String(field(rule, 'id'))}, 10 are taken`);
      for (const tag of tags) if (/^cwe-\d+$/i.test(String(tag))) report(`tag ${String(tag)} changes the type of the report`);
    }
    const results = list(field(run, 'results'));
    if (results.length > 5000) report(`${results.length} results, 5,000 are taken`);
    const taken = new Set<string>();
    for (const [at, result] of results.entries()) {
      const ruleId = field(result, 'ruleId');
      const place = field(list(field(result, 'locations'))[0], 'physicalLocation');
      const uri = field(place, 'artifactLocation', 'uri');
      if (typeof ruleId !== 'string' || typeof uri !== 'string') report(`result ${at}: no rule or no physical location, it is dropped`);
      const key = JSON.stringify([ruleId, uri, field(place, 'region', 'startLine'), field(place, 'region', 'endLine')]);
      if (taken.has(key)) report(`result ${at}: same rule, file and lines as another: it is dropped`);
      taken.add(key);
      const message = field(result, 'message', 'text');
      if (typeof message !== 'string' || message.length > 2048)
        report(`result ${at}: no message of at most 2,048 characters, it is skipped`);
      const rank = field(result, 'rank');
      if (typeof rank !== 'number' || rank <= 0 || rank > 100) report(`result ${at}: rank is not above 0 and up to 100`);
    }
  }
  return problems;
}

function field(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  return at;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
