/** The door of the live source. */
export { collectAws } from './collect.ts';
export { diagnoseAws, type AccountDiagnosis, type ActionDiagnosis, type ActionState, type Diagnosis } from './diagnose.ts';
export { leastPrivilegePolicy, type PolicyDocument } from './least-privilege-policy.ts';
export { operationRates, type Operation } from './operations.ts';
export type { AwsContext, AwsOptions } from './options.ts';
export type { Progress } from './progress.ts';
export { requiredActions } from './required-actions.ts';
export { defaultTuning, type Tuning } from './tuning.ts';
