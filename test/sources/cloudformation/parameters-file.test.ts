import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { readParametersFile } from '../../../src/sources/cloudformation/index.ts';

describe('files of parameters', () => {
  it.each<[string, string]>([
    [
      'of the AWS CLI',
      '[{ "ParameterKey": "A", "ParameterValue": "1" }, { "ParameterKey": "B", "UsePreviousValue": true }, { "ParameterKey": "C", "ParameterValue": "x" }]',
    ],
    ['of CodePipeline', '{ "Parameters": { "A": 1, "C": "x" }, "Tags": {} }'],
    ['plain', '{ "A": "1", "C": "x" }'],
    ['in YAML', 'A: 1\nC: x\n'],
    ['with a byte order mark', '\uFEFF{ "A": "1", "C": "x" }'],
  ])('%s', (_name, text) => {
    expect([...readParametersFile(text, 'p.json')]).toEqual([
      ['A', '1'],
      ['C', 'x'],
    ]);
  });

  it('takes lists', () => {
    expect(readParametersFile('L: [a, b]', 'p.yaml').get('L')).toBe('a,b');
  });

  it.each<[string, string, string]>([
    ['a text', 'hunter2', 'p:1:1'],
    ['an entry without a key', '[{ "ParameterKey": "A", "ParameterValue": "1" },\n { "Key": "hunter2" }]', 'p:2:2'],
    ['a map as a value', 'A: 1\nB: { hunter2: x }', 'p:2:1'],
    ['broken JSON', '{ "A": "hunter2', 'p:1:'],
    ['a key twice', '{ "A": "hunter2",\n "A": "hunter2" }', 'p:2:2'],
  ])('refuses %s with its place', (_name, text, place) => {
    let error: unknown;
    try {
      readParametersFile(text, 'p');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UserError);
    const { message, diagnostics, code } = error as UserError;
    expect(code).toBe('input-invalid');
    expect(message).toContain(place);
    expect(message + JSON.stringify(diagnostics)).not.toContain('hunter2');
  });
});
