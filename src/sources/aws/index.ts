/** The door of the live source. */
export { collectAws } from './collect.ts';
export { diagnoseAws, type Diagnosis } from './diagnose.ts';
export { leastPrivilegePolicy } from './least-privilege-policy.ts';
export type { AwsContext, AwsOptions } from './options.ts';
export { requiredActions } from './required-actions.ts';
