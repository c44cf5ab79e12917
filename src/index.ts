/** The public door of the package. */
export { scan, needsOf, allNeeds, type ScanOptions } from './scan.ts';
export { loadPolicies, type PolicySet } from './policy/load-policies.ts';
export { selectPolicies, type Selection } from './policy/select-policies.ts';
export { runPolicyTests, type PolicyTestResult } from './run-policy-tests.ts';
export { collectAws, requiredActions, leastPrivilegePolicy, type AwsOptions, type AwsContext } from './sources/aws/index.ts';
export { readSnapshot, writeSnapshot, type Snapshot } from './sources/snapshot/snapshot.ts';
export { reporters, findReporter } from './reporters/index.ts';
export type { Report, Reporter, ReportOptions } from './reporters/reporter.ts';
export { UserError, type Diagnostic, type UserErrorCode } from './model/errors.ts';
export { Unknown, unknownReasons, type UnknownReason } from './model/unknown.ts';
export type { Evidence, Finding, FindingResource, Status, UnknownFact, WaiverNote } from './model/finding.ts';
export type { Collection, Gap, Needs, Resource, Scope, ScopeModel } from './model/resource.ts';
export type { Policy, PolicyText, Param, ParamValues, Remediation, SelectedPolicy, Control } from './model/policy.ts';
export type { ScanResult, Run, ScopeResult, Summary, PolicyResult, Outcome } from './model/scan-result.ts';
export type { Severity } from './model/severity.ts';
export type { SourceName } from './model/source-name.ts';
export type { SourceLocation } from './model/location.ts';
