import type { PolicyDocument } from './policy-document-text.ts';

/** The IAM of one account. Dates are epoch milliseconds. */
export interface IamFixture {
  readonly users?: readonly UserFixture[];
  readonly groups?: readonly GroupFixture[];
  readonly roles?: readonly RoleFixture[];
  /** Customer managed policies, and the AWS managed ones that are in use. */
  readonly policies?: readonly ManagedPolicyFixture[];
}

interface GrantsFixture {
  /** Default `/`. */
  readonly path?: string;
  /** Inline policies by name. */
  readonly inline?: Readonly<Record<string, PolicyDocument>>;
  /** Managed policies by name (one of `policies`) or ARN. */
  readonly attached?: readonly string[];
  readonly createdAt?: number;
}

export interface UserFixture extends GrantsFixture {
  readonly name: string;
  readonly groups?: readonly string[];
  /** Permissions boundary, by name or ARN. */
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface GroupFixture extends GrantsFixture {
  readonly name: string;
}

export interface RoleFixture extends GrantsFixture {
  readonly name: string;
  /** Default: EC2 may assume it or, with `externalId`, anyone who knows that. AssumeRole itself looks at `externalId` alone. */
  readonly trust?: PolicyDocument;
  /** What AssumeRole must bring as ExternalId. */
  readonly externalId?: string;
  /** Permissions boundary, by name or ARN. */
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly lastUsedAt?: number;
  /** Default `us-east-1`. */
  readonly lastUsedRegion?: string;
}

export interface ManagedPolicyFixture {
  readonly name: string;
  /** Default `/`. */
  readonly path?: string;
  readonly managedByAws?: boolean;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  /** Oldest first; they are numbered v1, v2 and so on. */
  readonly versions: readonly PolicyDocument[];
  /** Number of the version in force. Default: the last. */
  readonly defaultVersion?: number;
}
