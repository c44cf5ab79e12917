import type { Fault } from '../../src/endpoint/fault.ts';
import { collectors } from '../../src/sources/aws/collectors.ts';

/** Every service that a scan reads denies everything; who the caller is can still be asked. */
export function denyEverything(place: Pick<Fault, 'region'> = {}): readonly Fault[] {
  const operations = collectors.flatMap(({ base, details }) => [...base, ...details].map(({ operation }) => operation));
  const services = new Set(operations.map((operation) => operation.split(':')[0]));
  return [...services].map((service) => ({ operation: `${service}:*`, kind: 'deny', ...place }));
}
