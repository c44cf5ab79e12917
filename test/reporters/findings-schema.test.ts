import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { findingStates, planEffects, statuses, type Finding } from '../../src/model/finding.ts';
import { changes, scopeStatuses } from '../../src/model/resource.ts';
import { outcomes, waiverStates, waiverUses, type ScanResult } from '../../src/model/scan-result.ts';
import { severities } from '../../src/model/severity.ts';
import { sourceNames } from '../../src/model/source-name.ts';
import { unknownReasons } from '../../src/model/unknown.ts';
import { mutate } from './mutate.ts';
import { resultOf, sampleResult } from './sample-result.ts';

const schema = JSON.parse(readFileSync(new URL('../../schemas/findings.schema.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

const to = (value: unknown) => () => value;
const gone = to(undefined);
const sample = sampleResult();
const [fact] = sample.findings.flatMap((finding) => (finding.status === 'unknown' ? finding.unknown : []));
const [waiver] = sample.findings.flatMap((finding) => (finding.status === 'waived' ? [finding.waiver] : []));
/** What only a run with a baseline and with code beside a live account holds. */
const compared = comparedResult();

const mutants: readonly (readonly [name: string, path: string, change: () => unknown])[] = [
  ['another schema version', 'schemaVersion', to(2)],
  ['a key that nobody knows', 'extra', to(1)],
  ['no policies', 'policies', gone],
  ['a redaction of what is not redacted', 'run.redacted', to(['region'])],
  ['a redaction of nothing', 'run.redacted', to([])],
  ['a redaction twice', 'run.redacted', to(['name', 'name'])],
  ['a choice of policies without how many there are', 'run.selection', to({ policies: 1 })],
  ['a choice of less than none', 'run.selection', to({ policies: -1, of: 3 })],
  ['an unknown without what is unknown', 'findings.status=unknown.unknown', gone],
  ['an unknown with an empty list', 'findings.status=unknown.unknown', to([])],
  ['an unknown without a reason', 'findings.status=unknown.unknown.0.reason', gone],
  ['an unknown with a reason of its own', 'findings.status=unknown.unknown.0.reason', to('dunno')],
  ['an unknown without a message', 'findings.status=unknown.message', gone],
  ['an unknown with a waiver', 'findings.status=unknown.waiver', to(waiver)],
  ['a waived without its waiver', 'findings.status=waived.waiver', gone],
  ['a waiver without its expiry', 'findings.status=waived.waiver.expires', gone],
  ['a waiver that expires some day', 'findings.status=waived.waiver.expires', to('some day')],
  ['a waiver without an owner', 'findings.status=waived.waiver.owner', gone],
  ['a pass with a waiver that expired', 'findings.status=pass.expiredWaiver', to(waiver)],
  ['a waived with a waiver that expired', 'findings.status=waived.expiredWaiver', to(waiver)],
  ['waivers without counts', 'run.waivers', to({ waivers: [] })],
  ['a gap with a waiver of nobody', 'scopes.status=partial.gaps.0.waiver', to({ ...waiver, owner: undefined })],
  ['a fail without a message', 'findings.status=fail.message', gone],
  ['a fail without evidence', 'findings.status=fail.evidence', gone],
  ['a fail with something unknown', 'findings.status=fail.unknown', to([fact])],
  ['a pass with a message', 'findings.status=pass.message', to('fine')],
  ['a pass with evidence', 'findings.status=pass.evidence', to([])],
  ['a not_applicable without a reason', 'findings.status=not_applicable.reason', gone],
  ['a status that does not exist', 'findings.status=pass.status', to('ok')],
  ['a severity that does not exist', 'findings.status=pass.severity', to('severe')],
  ['a finding with a foreign key', 'findings.status=fail.ruleId', to('x')],
  ['an id of another kind', 'findings.status=fail.id', to('f2_00')],
  ['a finding without its scope', 'findings.status=fail.scope', gone],
  ['a state that does not exist', 'findings.status=fail.state', to('old')],
  ['a pass that is new', 'findings.status=pass.state', to('new')],
  ['an effect of the plan that does not exist', 'findings.status=fail.plan', to('maybe')],
  ['a former id of another kind', 'findings.status=fail.previousIds', to(['x'])],
  ['a change that is not judged', 'findings.status=fail.resource.change', to('delete')],
  ['a baseline without counts', 'run.baseline', to({ runId: 'x', asOf: sample.run.asOf })],
  ['a plan without what is elsewhere', 'run.plan', to({ fixed: 0, left: 0, undecided: 0 })],
  ['a resource without an address', 'findings.status=fail.resource.address', gone],
  ['an account that is none', 'findings.status=fail.resource.account', to('12345')],
  ['a location without an end', 'findings.status=fail.location', to({ file: 'a.tf', startLine: 1, startColumn: 1 })],
  ['a line 0', 'findings.status=fail.location', to({ file: 'a.tf', startLine: 0, startColumn: 1, endLine: 1, endColumn: 1 })],
  ['evidence of state value without it', 'findings.status=fail.evidence.0.value', gone],
  ['evidence of state unknown with a value', 'findings.status=fail.evidence.0.state', to('unknown')],
  ['a scope that says it is whole', 'scopes.0.whole', to(true)],
  ['a complete scope with a gap', 'scopes.status=partial.status', to('complete')],
  ['a partial scope without a gap', 'scopes.status=partial.gaps', to([])],
  ['a gap without a hint', 'scopes.status=partial.gaps.0.hint', gone],
  ['a negative count', 'summary.findings.fail', to(-1)],
  ['a summary without unknown', 'summary.findings.unknown', gone],
  ['an exit code 2, with which there is no result', 'run.exitCode', to(2)],
  ['a clock that is none', 'run.asOf', to('yesterday')],
  ['a policy without remediation', 'policies.0.remediation', gone],
  ['a param that is an object', 'policies.0.params', to({ a: {} })],
];

describe('schemas/findings.schema.json', () => {
  const valid: readonly (readonly [string, unknown])[] = [
    ['the sample', sample],
    ['a run that was compared', compared],
    ['a run with waivers', waivedResult()],
    ['a result without findings', resultOf([])],
    ['a result without scopes', resultOf([], { scopes: [] })],
    ['a scope of a part', mutate(sample, 'scopes.0.whole', to(false))],
  ];
  it.each(valid)('takes %s', (_, result) => {
    validate(result);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(mutants)('refuses %s', (_, path, change) => {
    expect(validate(mutate(sample, path, change))).toBe(false);
  });

  const lists: readonly (readonly [string, string, readonly string[]])[] = [
    ['status', '#/$defs/status', statuses],
    ['severity', '#/$defs/severity', severities],
    ['reason of an unknown', '#/$defs/unknownReason', unknownReasons],
    ['source', '#/$defs/sourceName', sourceNames],
    ['outcome', '#/$defs/run/properties/outcome', outcomes],
    ['state against a baseline', '#/$defs/findingState', findingStates],
    ['effect of a plan', '#/$defs/planEffect', planEffects],
    ['state of a waiver', '#/$defs/waiverUse/properties/state', waiverStates],
    ['use of a waiver', '#/$defs/waiverUse/properties/use', waiverUses],
    ['change', '#/$defs/change', changes],
    ['status of a scope', '#/$defs/scope/properties/status', scopeStatuses],
  ];
  it.each(lists)('has the words of the model for %s', (_, pointer, words) => {
    expect(at(pointer)['enum']).toEqual(words);
  });

  it('describes every property', () => {
    expect(undescribed(schema, '#')).toEqual([]);
  });
});

function at(pointer: string): Record<string, unknown> {
  return pointer
    .split('/')
    .slice(1)
    .reduce((part, key) => part[key] as Record<string, unknown>, schema);
}

/** Pointers of properties without a description of their own or of the definition they name. */
function undescribed(part: unknown, pointer: string): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'allOf') return [];
    const missing = key === 'properties' ? Object.entries(value as object).filter(([, property]) => !isDescribed(property as object)) : [];
    return [...missing.map(([name]) => `${pointer}/properties/${name}`), ...undescribed(value, `${pointer}/${key}`)];
  });
}

function isDescribed(property: { readonly description?: unknown; readonly $ref?: unknown }): boolean {
  return (
    typeof property.description === 'string' || (typeof property.$ref === 'string' && typeof at(property.$ref)['description'] === 'string')
  );
}

function comparedResult(): ScanResult {
  const findings = sample.findings.map((finding): Finding => {
    if (finding.status !== 'fail') return finding;
    const location = {
      file: 'infra/a.tf',
      startLine: 5,
      startColumn: 3,
      endLine: 5,
      endColumn: 9,
      address: 'x.rotation',
      lineHash: 'aa:1',
      frame: { startLine: 4, text: 'resource "x" "db" {\n  days = 180' },
    };
    const resource = { ...finding.resource, change: 'update' as const };
    return { ...finding, resource, location, state: 'new', plan: 'left', previousIds: [finding.id] };
  });
  const fixed = sample.findings
    .slice(0, 1)
    .map(({ id, policyId, severity, resource: { address, name } }) => ({ id, policyId, severity, address, name, itemKey: 'a' }));
  const baseline = { runId: 'c0ffee', asOf: sample.run.asOf, new: 1, persisting: 2, reopened: 0, unverified: 0, fixed, notJudged: 3 };
  return { ...sample, run: { ...sample.run, baseline, plan: { fixed: 1, left: 2, undecided: 3, elsewhere: 4 } }, findings };
}

function waivedResult(): ScanResult {
  const note = { id: 'w', reason: 'r', owner: 'o', expires: '2026-10-01', ticket: 'T-1', approvedBy: 'ciso' };
  const use = { policies: ['*'], file: 'waivers.yaml', line: 3, state: 'expired', use: 'used', findings: 1, gaps: 0 } as const;
  const waivers = { findings: 0, gaps: 1, waivers: [{ ...note, ...use, inline: true as const }] };
  const findings = sample.findings.map((finding): Finding =>
    finding.status === 'fail' || finding.status === 'unknown' ? { ...finding, expiredWaiver: note } : finding,
  );
  const scopes = sample.scopes.map((scope) => ({ ...scope, gaps: scope.gaps.map((gap) => ({ ...gap, waiver: note })) }));
  return { ...sample, run: { ...sample.run, waivers }, scopes, findings };
}
