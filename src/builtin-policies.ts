import type { Policy } from './model/policy.ts';

/** The built-in pack, compiled when the package was built. */
export async function builtinPolicies(): Promise<readonly Policy[]> {
  const { default: policies } = await import('#generated/pack.json', { with: { type: 'json' } });
  return policies as unknown as readonly Policy[];
}
