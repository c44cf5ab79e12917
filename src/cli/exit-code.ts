/** Exit codes, as documented in the README. */
export const exitCode = { compliant: 0, violations: 1, usage: 2, incomplete: 3, failed: 4, bug: 70, interrupted: 130 } as const;
