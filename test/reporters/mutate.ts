/**
 * A copy of a JSON document with one place changed. The path is made of keys, list indexes, and `key=value` for the first
 * element that has it: `findings.status=fail.message`. The place is removed if the new value is undefined.
 */
export function mutate(document: unknown, path: string, change: (before: unknown) => unknown): unknown {
  const copy: unknown = structuredClone(document);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = copy;
  for (const step of steps) at = asRecord(at, path)[keyOf(at, step)];
  const parent = asRecord(at, path);
  const key = keyOf(at, last);
  const value = change(parent[key]);
  if (value === undefined) Reflect.deleteProperty(parent, key);
  else parent[key] = value;
  return copy;
}

function keyOf(value: unknown, step: string): string {
  const [key = '', wanted] = step.split('=');
  if (wanted === undefined || !Array.isArray(value)) return step;
  return String(value.findIndex((element) => String(asRecord(element, step)[key]) === wanted));
}

function asRecord(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`nothing at ${path}`);
  return value as Record<string, unknown>;
}
