/**
 * What GitHub code scanning refuses, or drops without a word, though the file is valid SARIF. Neither the OASIS schema nor
 * Microsoft's validator finds these. Sources: docs "SARIF support for code scanning" and "SARIF results exceed one or more
 * limits"; codeql-action issues 390, 1738, 2456 and 2459; changelog of 2024-05-06 (one category a run).
 *
 * Returns one sentence for each problem; none if the file may be uploaded.
 */
export function checkGithubProfile(sarif: unknown): string[] {
  const problems: string[] = [];
  const runs = list(field(sarif, 'runs'));
  if (field(sarif, 'version') !== '2.1.0') problems.push('version is not 2.1.0');
  if (typeof field(sarif, '$schema') !== 'string') problems.push('no $schema');
  if (runs === undefined || runs.length === 0) return [...problems, 'no runs'];
  if (runs.length > 20) problems.push(`${runs.length} runs, 20 are taken`);
  const categories = new Set<string>();
  for (const [index, run] of runs.entries()) {
    const report = (problem: string): void => void problems.push(`run ${index}: ${problem}`);
    checkCategory(run, categories, report);
    checkRules(run, report);
    checkResults(run, report);
  }
  return problems;
}

type Report = (problem: string) => void;

function checkCategory(run: unknown, taken: Set<string>, report: Report): void {
  const id = field(run, 'automationDetails', 'id');
  if (typeof id !== 'string') return report('no automationDetails.id');
  if (!id.endsWith('/')) report(`category ${id} does not end with a slash`);
  const category = id.slice(0, id.lastIndexOf('/'));
  if (taken.has(category)) report(`category ${category} is there twice`);
  taken.add(category);
}

function checkRules(run: unknown, report: Report): void {
  const driver = field(run, 'tool', 'driver');
  checkText(field(driver, 'name'), 255, 'tool name', report);
  for (const descriptor of list(field(driver, 'notifications')) ?? []) {
    const id = String(field(descriptor, 'id'));
    checkText(field(descriptor, 'fullDescription', 'text'), 1024, `fullDescription of notification ${id}`, report);
    checkText(field(descriptor, 'help', 'text'), 65_535, `help of notification ${id}`, report);
  }
  const rules = list(field(driver, 'rules'));
  if (rules === undefined) return report('no rules');
  const ids = new Set<unknown>();
  for (const rule of rules) {
    const id = String(field(rule, 'id'));
    if (ids.has(id)) report(`rule ${id} is there twice`);
    ids.add(id);
    checkText(id, 255, 'rule id', report);
    if (field(rule, 'name') !== undefined) checkText(field(rule, 'name'), 255, `name of ${id}`, report);
    checkText(field(rule, 'shortDescription', 'text'), 1024, `shortDescription of ${id}`, report);
    checkText(field(rule, 'fullDescription', 'text'), 1024, `fullDescription of ${id}`, report);
    checkText(field(rule, 'help', 'text'), 65_535, `help of ${id}`, report);
    const tags = list(field(rule, 'properties', 'tags')) ?? [];
    if (tags.length > 10) report(`${tags.length} tags on ${id}, 10 are shown`);
    const score = field(rule, 'properties', 'security-severity');
    if (typeof score !== 'string' || !(Number(score) > 0 && Number(score) <= 10))
      report(`security-severity of ${id} is not a number in a string`);
    if (!['error', 'warning', 'note'].includes(String(field(rule, 'defaultConfiguration', 'level')))) report(`no default level of ${id}`);
  }
}

function checkResults(run: unknown, report: Report): void {
  const results = list(field(run, 'results'));
  if (results === undefined) return report('no results array');
  if (results.length > 5000) report(`${results.length} results, 5,000 are kept`);
  const rules = list(field(run, 'tool', 'driver', 'rules')) ?? [];
  const taken = new Set<string>();
  for (const [index, result] of results.entries()) {
    const at: Report = (problem) => report(`result ${index}: ${problem}`);
    const ruleId = field(result, 'ruleId');
    if (field(rules[Number(field(result, 'ruleIndex'))], 'id') !== ruleId) at('ruleIndex does not point at ruleId');
    checkText(field(result, 'message', 'text'), 2048, 'message', at);
    const kind = textOr(field(result, 'kind'), 'fail');
    const level = textOr(field(result, 'level'), 'warning');
    if (kind !== 'fail') at(`kind ${kind} is ignored: GitHub shows it as an open alert`);
    if ((kind === 'fail') === (level === 'none')) at(`level ${level} does not go with kind ${kind}`);
    const [first] = list(field(result, 'locations')) ?? [];
    if (first === undefined) {
      at('no location');
      continue;
    }
    const uri = field(first, 'physicalLocation', 'artifactLocation', 'uri');
    if (typeof uri !== 'string' || uri === '') at('no artifact uri');
    else if (!/^(?![a-z][a-z0-9+.-]*:)(?!\/)[^\s?#]+$/i.test(uri)) at(`uri ${uri} is not a relative path`);
    else if (uri.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')) at(`uri ${uri} is not normalised`);
    checkRegion(field(first, 'physicalLocation', 'region'), at);
    const hash = field(result, 'partialFingerprints', 'primaryLocationLineHash');
    if (typeof hash !== 'string' || !/^[0-9a-f]+:\d+$/.test(hash)) at('no primaryLocationLineHash');
    const key = JSON.stringify([uri, ruleId, hash]);
    if (taken.has(key)) at('same uri, rule and hash as another: one of them is dropped');
    taken.add(key);
  }
}

function checkRegion(region: unknown, report: Report): void {
  const [startLine, startColumn, endLine, endColumn] = ['startLine', 'startColumn', 'endLine', 'endColumn'].map((name) =>
    Number(field(region, name)),
  );
  const whole = [startLine, startColumn, endLine, endColumn].every((part) => Number.isInteger(part) && Number(part) >= 1);
  if (!whole) return report('the region is not whole');
  if (Number(endLine) < Number(startLine) || (endLine === startLine && Number(endColumn) <= Number(startColumn)))
    report('the region ends before it starts');
}

function checkText(text: unknown, limit: number, what: string, report: Report): void {
  if (typeof text !== 'string' || text === '') report(`no ${what}`);
  else if (text.length > limit) report(`${what} has ${text.length} characters, ${limit} are taken`);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function field(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  return at;
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
