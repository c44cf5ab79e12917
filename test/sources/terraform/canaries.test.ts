import { describe, expect, it } from 'vitest';
import { defaultsIn, secretsIn } from './secrets-in-plan.ts';
import { acme, judgePlan, plans, readPlanFile } from './judge-plan.ts';

const files: readonly (readonly [file: string, source: string])[] = [
  ...['first-plan', 'no-change', 'second-plan', 'refresh-only', 'target', 'replace', 'no-refresh', 'destroy'].map(
    (name) => [`acme/${name}.json`, acme] as const,
  ),
  ['moves/plan.json', `${plans}/moves`],
  ['cases/plan.json', `${plans}/cases`],
];

describe.each(files)('%s', (file, sourceDir) => {
  it.each([
    ['with the code', { sourceDir }],
    ['alone', {}],
  ])('shows none of its values, %s', async (_title, options) => {
    const json = readPlanFile(file);
    const secrets = [...secretsIn(json), ...defaultsIn(json)];
    const { scope, notes, findings } = await judgePlan(json, options);
    const shown = JSON.stringify([scope, notes, findings]);
    expect(secrets.filter((secret) => shown.includes(secret) || shown.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
  });
});

it('has something to leak', () => {
  const secrets = secretsIn(readPlanFile('acme/first-plan.json'));
  for (const word of [
    'sk_live_example_not_real_0000',
    'hunter2-example',
    'Passw0rd-example',
    'Passw0rd!example',
    'via-local',
    'npm_exampleexample',
  ]) {
    expect(
      secrets.some((secret) => secret.includes(word)),
      word,
    ).toBe(true);
  }
  const cases = secretsIn(readPlanFile('cases/plan.json')).filter((secret) => /canary/i.test(secret));
  expect(cases.length).toBeGreaterThan(8);
});
