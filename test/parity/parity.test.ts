import { beforeAll, describe, expect, it } from 'vitest';
import type { Collection, Resource } from '../../src/model/resource.ts';
import { sourceNames, type SourceName } from '../../src/model/source-name.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { resourceTypes } from '../../src/resources/index.ts';
import { allowedDifferences } from './allowed-differences.ts';
import { compare, factsOf, type Difference, type Facts } from './facts.ts';
import { readSources } from './read-sources.ts';
import { nameOf, resourcesOf, scenarios, writtenIn, type Scenario } from './scenarios.ts';

let read: { readonly [source in SourceName]: Collection };
/** Differences of all scenarios. */
let differences: readonly Difference[];

beforeAll(async () => {
  read = await readSources();
  differences = scenarios.flatMap(differencesOf);
});

function found(scenario: Scenario, source: SourceName): Resource {
  const [resource, ...more] = resourcesOf(read[source]).filter((one) => one.type === scenario.type && nameOf(one) === scenario.name);
  if (resource === undefined || more.length > 0) throw new Error(`${more.length} more or none of ${scenario.name} in ${source}`);
  return resource;
}

function factsBySource(scenario: Scenario): ReadonlyMap<SourceName, Facts> {
  return new Map(writtenIn(scenario).map((source) => [source, factsOf(found(scenario, source), source)]));
}

function differencesOf(scenario: Scenario): readonly Difference[] {
  return compare(`${scenario.type} ${scenario.name}`, factsBySource(scenario));
}

describe.each(scenarios)('$words', (scenario) => {
  it('has the same attributes in every source that can know them', () => {
    expect(differencesOf(scenario).filter((one) => !allowedDifferences.some(({ covers }) => covers(one)))).toEqual([]);
  });

  it.each(writtenIn(scenario))('is unknown in %s exactly where the declaration says so', (source) => {
    const { known, beyond } = factsOf(found(scenario, source), source);
    const wrong = [...beyond].filter(([, value]) => !(value instanceof Unknown && value.reason === 'not-in-source'));
    const overdone = [...known].filter(([, { text }]) => text === 'unknown not-in-source');
    expect({ wrong, overdone }).toEqual({ wrong: [], overdone: [] });
  });
});

describe('differences that are allowed', () => {
  it.each(allowedDifferences)('$reason', ({ covers }) => {
    expect(differences.some(covers)).toBe(true);
  });
});

describe('the scenarios', () => {
  it.each(sourceNames)('are all there is in %s, and all of it was read', (source) => {
    const unnamed = resourcesOf(read[source]).filter(
      // Only a live scan has an account.
      (one) => one.type !== 'AWS::::Account' && !scenarios.some((scenario) => scenario.type === one.type && scenario.name === nameOf(one)),
    );
    expect(unnamed.map(({ address }) => address)).toEqual([]);
    expect(read[source].scopes.map(({ status }) => status)).not.toContain('partial');
    expect(read[source].notes).toEqual([]);
  });

  it('have attributes that only some sources can know, of every type in several that declares any', () => {
    const types = new Set(scenarios.filter((scenario) => writtenIn(scenario).length > 1).map(({ type }) => type));
    const declared = resourceTypes.filter(
      ({ name, shape }) => types.has(name) && Object.values(shape.fields).some((field) => field.sources),
    );
    const met = scenarios.filter((scenario) => [...factsBySource(scenario).values()].some(({ beyond }) => beyond.size > 0));
    expect(declared.map(({ name }) => name).filter((name) => !met.some(({ type }) => type === name))).toEqual([]);
    expect(declared.length).toBeGreaterThan(1);
  });
});
