/** The part of SARIF 2.1.0 that we write (OASIS standard plus errata 01), by its own names. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

export type SarifLevel = 'error' | 'warning' | 'note';

export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly automationDetails: { readonly id: string };
  readonly originalUriBaseIds: { readonly '%SRCROOT%': { readonly description: SarifText } };
  readonly columnKind: 'utf16CodeUnits';
  readonly invocations: readonly [SarifInvocation];
  readonly results: readonly SarifResult[];
}

export interface SarifDriver {
  readonly name: string;
  readonly fullName: string;
  readonly version: string;
  readonly semanticVersion: string;
  readonly informationUri: string;
  readonly rules: readonly SarifRule[];
  readonly notifications: readonly SarifDescriptor[];
}

export interface SarifText {
  readonly text: string;
}

export interface SarifDescriptor {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly helpUri?: string;
  readonly help: { readonly text: string; readonly markdown?: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
}

export interface SarifRule extends SarifDescriptor {
  readonly deprecatedIds?: readonly string[];
  readonly properties: {
    readonly tags: readonly string[];
    readonly precision: 'very-high';
    readonly 'problem.severity': 'error' | 'warning' | 'recommendation';
    readonly 'security-severity': string;
  };
}

export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly startTimeUtc?: string;
  readonly endTimeUtc?: string;
  readonly exitCode: number;
  readonly toolExecutionNotifications: readonly SarifNotification[];
}

export interface SarifNotification {
  readonly descriptor: { readonly id: string };
  readonly level: SarifLevel;
  readonly message: SarifText;
}

export interface SarifPhysicalLocation {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId: '%SRCROOT%' };
  readonly region: SarifRegion;
  readonly contextRegion?: SarifContext;
}

/** Whole lines around a region. */
export interface SarifContext {
  readonly startLine: number;
  readonly endLine: number;
  readonly snippet: SarifText;
}

export interface SarifLocation {
  readonly physicalLocation: SarifPhysicalLocation;
  readonly logicalLocations: readonly SarifLogicalLocation[];
}

export interface SarifLogicalLocation {
  readonly fullyQualifiedName: string;
  readonly kind: 'resource';
}

export interface SarifRelatedLocation {
  readonly id: number;
  readonly physicalLocation: SarifPhysicalLocation;
  readonly message: SarifText;
}

export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail';
  readonly level: SarifLevel;
  /** From 0 to 100, the worst; GitLab reads it before everything else that says how bad a result is. */
  readonly rank?: number;
  readonly message: SarifText;
  readonly locations: readonly [SarifLocation];
  readonly relatedLocations?: readonly [SarifRelatedLocation];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string; readonly 'sealcheck/v1': string };
  readonly suppressions?: readonly SarifSuppression[];
  /** Only of all results of a run or of none. */
  readonly baselineState?: 'new' | 'unchanged';
  readonly properties: { readonly [name: string]: unknown };
}

export interface SarifSuppression {
  readonly kind: 'external' | 'inSource';
  readonly status: 'accepted';
  readonly justification: string;
}
