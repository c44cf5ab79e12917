import fc from 'fast-check';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { hostileNames } from './hostile-names.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf, sampleResult } from './sample-result.ts';
import { codeScope, failing, interval, liveScope } from './sarif-cases.ts';

/** Pieces that mean something to some reader of a report: CI systems, terminals, Markdown, GitHub, XML, spreadsheets. */
const pieces = [
  ...[
    '::error::',
    '::set-output name=x::',
    '##vso[task.complete]',
    '##[',
    '##teamcity[',
    '%0A::warning::',
    '\n',
    '\r',
    '\u001b[2J',
    '\u202e',
  ],
  ...[
    '\u0085',
    '\u2028',
    '\u0000',
    '\ud800',
    '\ufffe',
    '\uffff',
    '\t',
    ' ',
    '    ',
    'a',
    '0',
    '1.',
    '-',
    '+',
    '#',
    '>',
    '|',
    '\\',
    '\\|',
    '`',
    '``',
  ],
  ...[
    '```',
    '~~~',
    '**',
    '_',
    '*',
    '![',
    '[',
    ']',
    '](',
    ')',
    '(',
    '<',
    '<!--',
    '<script>',
    '</failure>',
    ']]>',
    '<![CDATA[',
    '&',
    '&amp;',
    '&#64;',
  ],
  ...[
    '@octocat',
    '@org/team',
    'a@b.example',
    '#1',
    'GH-1',
    'org/repo#1',
    'https://evil.example/',
    'www.evil.example',
    'deadbeefdeadbeef',
    ':tada:',
  ],
  ...[
    '=1+1',
    '=HYPERLINK("x")',
    '@SUM(A1)',
    ';=1',
    ';',
    ',',
    '"',
    "'",
    '$$',
    '{{',
    '}}',
    '[^1]',
    '[x]: http://x',
    '---',
    '===',
    '| a |',
    '\u200b@x',
  ],
];

/** Text that somebody who may name or tag a secret could choose. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...Object.values(hostileNames)),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

export interface HostileTexts {
  readonly name: string;
  readonly message: string;
  readonly itemKey: string;
  readonly note: string;
}

export const hostileTexts: fc.Arbitrary<HostileTexts> = fc.record({
  name: hostileText,
  message: hostileText,
  itemKey: hostileText,
  note: hostileText,
});

/** A result with the texts in every place that somebody else may write. */
export function hostileResult({ name, message, itemKey, note }: HostileTexts): ScanResult {
  const { run } = sampleResult();
  const waiver = { id: name, reason: message, owner: note, expires: '2027-01-01', ticket: itemKey };
  const unknown = [{ path: name, reason: 'request-failed', detail: note, action: itemKey }] as const;
  const gap = { operation: name, action: itemKey, types: [name], reason: 'access-denied', count: 1, hint: note, detail: message } as const;
  const first = liveFinding(interval, { name }, { ...failing, message, itemKey });
  const findings: readonly Finding[] = [
    { ...first, expiredWaiver: waiver, resource: { ...first.resource, tags: { [name]: note } } },
    codeFinding(interval, name, message, 3, failing),
    liveFinding(
      interval,
      { name: `b${name}` },
      { status: 'unknown', message, unknown, evidence: [{ path: name, state: 'unknown' }], itemKey },
    ),
    liveFinding('kms-key-rotates', { type: 'AWS::KMS::Key', name }, { ...failing, status: 'waived', message, waiver, unknown }),
    liveFinding('kms-key-rotates', { type: 'AWS::KMS::Key', name: `p${name}` }, { status: 'pass' }),
  ];
  const closed = { id: `f1_${'0'.repeat(32)}`, policyId: interval, severity: 'high', address: name, name, itemKey } as const;
  const baseline = {
    runId: note,
    asOf: '2026-11-01T08:00:00.000Z',
    new: 1,
    persisting: 2,
    reopened: 0,
    unverified: 0,
    fixed: [closed],
    notJudged: 3,
  };
  const waivers = {
    ...{ findings: 1, gaps: 1 },
    waivers: [{ ...waiver, policies: [name], file: message, line: 3, state: 'expired', use: 'unused', findings: 0, gaps: 0 } as const],
  };
  return resultOf(findings, {
    scopes: [
      liveScope('123456789012', 'us-east-1', { status: 'partial', gaps: [gap, { ...gap, operation: note, waiver }] }),
      liveScope('123456789012', 'eu-west-1', { status: 'failed' }),
      codeScope('infra', { root: message, whole: false }),
    ],
    run: { ...run, outcome: 'interrupted', exitCode: 130, notes: [note], exitReason: message, baseline, waivers },
  });
}

/** What no line of any report may have: a control character, a bidirectional one, or a command for a CI system that somebody else wrote. */
export const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|##[a-z]*\[/i;
