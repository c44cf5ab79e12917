import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadFramework } from '../../src/policy/load-framework.ts';
import { coverFrameworks, loadFrameworks } from '../../src/policy/load-frameworks.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { compilePack } from '../../src/policy/pack.ts';
import { basePolicy, withText } from './sample-policy.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const frameworks = loadFrameworks(`${root}frameworks`);

const sound = `id: some-standard
title: Some standard
version: "1"
url: https://example.com/standard
requirements:
  - id: A.1
    title: Something holds
    mapped:
      - { check: Some.1, url: "https://example.com/some#1" }
  - id: A.2
    title: Something else holds
`;

describe('a file of a framework', () => {
  it('is read whole', () => {
    expect(loadFramework('some-standard.yaml', sound)).toEqual({
      diagnostics: [],
      framework: {
        ...{ id: 'some-standard', title: 'Some standard', version: '1', url: 'https://example.com/standard', checks: false },
        requirements: [
          { id: 'A.1', title: 'Something holds', mapped: [{ check: 'Some.1', url: 'https://example.com/some#1' }] },
          { id: 'A.2', title: 'Something else holds', mapped: [] },
        ],
      },
    });
  });

  const mistakes: readonly (readonly [what: string, from: string, to: string, place: string, message: string])[] = [
    ['a number for an id', 'id: A.2', 'id: 3.6', '10:9', 'expected a text (put numbers in quotes)'],
    ['an id twice', 'id: A.2', 'id: A.1', '10:9', 'A.1 stands here twice'],
    ['no title', '    title: Something else holds\n', '', '10:5', 'title is missing'],
    ['a misspelt key', 'title: Something else', 'titel: Something else', '11:5', 'there is no titel here (did you mean title?)'],
    ['a source without an address', 'https://example.com/some#1', 'the guide', '9:31', 'does not match /^https:\\/\\/\\S+$/'],
    ['no requirement', sound.slice(sound.indexOf('requirements')), 'requirements: []\n', '5:15', 'expected a list that is not empty'],
    ['a requirement that is a text', '  - id: A.2\n    title: Something else holds', '  - A.2', '10:5', 'expected an object'],
  ];
  it.each(mistakes)('%s', (_, from, to, place, message) => {
    const { framework, diagnostics } = loadFramework('some-standard.yaml', withText(from, to, sound));
    expect(framework).toBeUndefined();
    expect(
      diagnostics.map(({ line, column, ...said }) => `${line}:${column} ${said.message}${said.hint ? ` (${said.hint})` : ''}`),
    ).toContain(`${place} ${message}`);
  });
});

describe('what a policy of the pack claims', () => {
  const claim = (controls: string, equivalents: string | undefined = '[]'): readonly string[] => {
    const text = withText('remediation:', `controls: [${controls}]\nequivalents: ${equivalents}\nremediation:`, basePolicy);
    return loadPolicy('p.yaml', text, true, frameworks).diagnostics.map(({ message, hint = '' }) => `${message} | ${hint}`);
  };
  const aws = '{ framework: aws-fsbp, id: SecretsManager.1 }';
  const accepted: readonly (readonly [what: string, controls: string, equivalents?: string])[] = [
    ['a check of AWS', aws],
    ['what AWS maps its check to', `${aws}, { framework: pci-dss-4, id: 8.6.3 }, { framework: nist-800-53-r5, id: AC-2(1) }`],
    ['what is mapped to an equivalent', '{ framework: iso-27001-2022, id: A.8.24 }', '[kms_cmk_rotation_enabled]'],
  ];
  it.each(accepted.map(([what, controls, equivalents]) => ({ what, controls, equivalents })))(
    '$what is accepted',
    ({ controls, equivalents }) => {
      expect(claim(controls, equivalents)).toEqual([]);
    },
  );

  const refused: readonly (readonly [what: string, controls: string, said: RegExp])[] = [
    ['an unknown framework', '{ framework: pci-dss, id: 8.6.3 }', /^there is no framework pci-dss \| did you mean pci-dss-4\?$/],
    [
      'an unknown requirement',
      `${aws}, { framework: pci-dss-4, id: 8.6.33 }`,
      /^frameworks\/pci-dss-4\.yaml has no requirement 8\.6\.33 \| did you mean 8\.6\.3\?$/,
    ],
    [
      'a mapping of another check',
      `${aws}, { framework: pci-dss-4, id: 3.7.4 }`,
      /^no mapping to pci-dss-4 3\.7\.4 is published .*\(KMS\.4\)/,
    ],
    [
      'a requirement that nobody maps',
      `${aws}, { framework: soc-2, id: CC6.1 }`,
      /^no mapping to soc-2 CC6\.1 is published .*none is known/,
    ],
    ['a mapping without its check', '{ framework: pci-dss-4, id: 8.6.3 }', /^no mapping to pci-dss-4 8\.6\.3 is published/],
  ];
  it.each(refused)('%s is an error', (_, controls, said) => {
    const problems = claim(controls);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
  });

  it("a user's own policies may claim what they like", () => {
    const text = withText('remediation:', 'controls: [{ framework: acme-rules, id: R1 }]\nremediation:', basePolicy);
    expect(loadPolicy('p.yaml', text, false).diagnostics).toEqual([]);
  });
});

describe('the frameworks of the package', () => {
  const { policies } = compilePack(`${root}policies`, frameworks);
  const covered = coverFrameworks(frameworks, policies);

  it('are one a file', () => {
    expect(frameworks.map(({ id }) => `${id}.yaml`)).toEqual(readdirSync(`${root}frameworks`).sort());
  });

  it('hold every claim of the pack, none lost', () => {
    const claims = policies.flatMap(({ id, controls }) => controls.map((control) => `${id} ${control.framework} ${control.id}`));
    const found = covered.flatMap(({ id, requirements }) =>
      requirements.flatMap((requirement) => requirement.policies.map((policy) => `${policy} ${id} ${requirement.id}`)),
    );
    expect(found.sort()).toEqual(claims.sort());
    expect(found.length).toBeGreaterThan(50);
  });

  it('are those that the build wrote', () => {
    expect(JSON.parse(readFileSync(`${root}generated/frameworks.json`, 'utf8'))).toEqual(covered);
  });

  // Read at the pages of AWS Security Hub; a claim that is added must stand in them.
  it.each([
    ['pci-dss-4', '8.6.3', ['SecretsManager.1', 'SecretsManager.2', 'SecretsManager.4', 'IAM.3']],
    ['pci-dss-4', '8.3.2', ['CodeBuild.1', 'CodeBuild.2']],
    ['pci-dss-4', '3.7.4', ['KMS.4']],
    ['nist-800-53-r5', 'IA-5(7)', ['CodeBuild.2']],
    ['cis-aws-5', '3.6', ['KMS.4']],
  ])('%s %s is mapped to what its source says', (framework, id, checks) => {
    const requirement = frameworks.find((one) => one.id === framework)?.requirements.find((one) => one.id === id);
    expect(requirement?.mapped.map(({ check }) => check)).toEqual(checks);
  });
});
