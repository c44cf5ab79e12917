import type { Needs, Provenance } from '../../model/resource.ts';
import { findResourceType } from '../../resources/index.ts';
import { wantedDetails, type Collector } from './collector.ts';
import { collectors } from './collectors.ts';
import type { Operation } from './operations.ts';
import type { Flags } from './options.ts';

/** The collectors that these needs call for. */
export function neededCollectors(needs: Needs): readonly Collector[] {
  return collectors.filter(({ type }) => needs.has(type));
}

/** The listings and details that a run makes, by what the collectors declare. */
export function neededOperations(needs: Needs, flags: Flags): readonly Operation[] {
  const found = new Set<Operation>();
  for (const collector of neededCollectors(needs)) {
    if (collector.place === 'region') found.add('account:ListRegions');
    for (const { operation, flag } of collector.base) if (flag === undefined || flags[flag]) found.add(operation);
    for (const { operation } of wantedDetails(collector, needs, flags)) found.add(operation);
  }
  return [...found].sort();
}

/** Resource types that may be missing when a listing fails. */
export function typesListedBy(operation: Operation, needs: Needs): readonly string[] {
  return neededCollectors(needs)
    .filter(({ base }) => base.some((listing) => listing.operation === operation))
    .map(({ type }) => type);
}

/** Which call each attribute comes from. */
export function provenanceOf(needs: Needs): Provenance {
  return Object.fromEntries(
    neededCollectors(needs).map(({ type, source, details }) => {
      const fields = Object.keys(findResourceType(type)?.shape.fields ?? {});
      const paths: [string, string][] = fields.map((field) => [field, source]);
      for (const { operation, provides } of details) for (const path of provides) paths.push([path, operation]);
      return [type, Object.fromEntries(paths)];
    }),
  );
}
