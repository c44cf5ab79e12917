import type { AuditFixture } from './audit-fixture.ts';
import type { IamFixture } from './iam-fixture.ts';
import type { PolicyDocument } from './policy-document-text.ts';
import type { WorkloadsFixture } from './workload-fixture.ts';

/**
 * What the endpoint knows of one AWS account, as plain data in a form of our own. Everything that AWS has a default for may be
 * left out. Dates are epoch milliseconds; a date left out is `defaultDate`, or absent where AWS itself may leave it out.
 */
export interface AccountFixture {
  /** Twelve digits. */
  readonly id: string;
  /** Default `aws`. */
  readonly partition?: string;
  /** What lives where, by region. */
  readonly regions: Readonly<Record<string, RegionFixture>>;
  /** Regions that answer. Default: those of `regions`. In any other one the credentials are refused, as in a region that was not opted in to. */
  readonly enabledRegions?: readonly string[];
  readonly iam?: IamFixture;
  /** Who the long-lived keys belong to, as the end of an ARN. Default `user/example`. */
  readonly caller?: string;
}

export interface RegionFixture extends AuditFixture, WorkloadsFixture {
  readonly secrets?: readonly SecretFixture[];
  readonly parameters?: readonly ParameterFixture[];
  /** The AWS managed keys of Secrets Manager and Parameter Store exist without being listed here. */
  readonly keys?: readonly KeyFixture[];
}

/** A secret without its value: there is no field for one. */
export interface SecretFixture {
  readonly name: string;
  /** The six characters that AWS puts behind the name in an ARN. Default: derived from account and name, so that replicas share them. */
  readonly suffix?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Key id, ARN or alias, answered as it stands here. Default: the AWS managed key, which AWS says by leaving the field out. */
  readonly kmsKey?: string;
  readonly createdAt?: number;
  /** Default: the last rotation, else the creation. */
  readonly lastChangedAt?: number;
  /** Answered cut to the day, as AWS does. Absent: never read. */
  readonly lastAccessedAt?: number;
  /** Set while the secret is scheduled for deletion. */
  readonly deletedAt?: number;
  readonly rotation?: SecretRotationFixture;
  /** The service that manages the secret, such as `rds`. */
  readonly owningService?: string;
  /** Type of a partner's secret, such as `SalesforceClientSecret`. */
  readonly partnerType?: string;
  /** Set on a primary that has replicas and on the replicas. */
  readonly primaryRegion?: string;
  readonly replicas?: readonly ReplicaFixture[];
  readonly policy?: PolicyDocument;
  /** By version id. Default: one current version, made by the last rotation, else with the secret. `{}`: no value yet. */
  readonly versions?: Readonly<Record<string, SecretVersionFixture>>;
}

export interface SecretRotationFixture {
  /** Default true; false is a rotation that was cancelled. */
  readonly enabled?: boolean;
  readonly days?: number;
  readonly expression?: string;
  readonly duration?: string;
  readonly functionArn?: string;
  /** Description of the function. */
  readonly functionDescription?: string;
  /** What is wrong with the function: it does not exist, or does not let Secrets Manager in. Absent: nothing; it need not be listed anywhere. */
  readonly functionFault?: 'missing' | 'closed';
  readonly lastRotatedAt?: number;
  readonly nextRotationAt?: number;
}

export interface ReplicaFixture {
  readonly region: string;
  readonly kmsKey?: string;
  /** Default `InSync`. */
  readonly status?: string;
  readonly statusMessage?: string;
  readonly lastAccessedAt?: number;
}

export interface SecretVersionFixture {
  readonly stages: readonly string[];
  readonly createdAt?: number;
  readonly lastAccessedAt?: number;
}

export interface ParameterFixture {
  readonly name: string;
  /** Default `String`. */
  readonly type?: 'String' | 'StringList' | 'SecureString';
  /** Answered for String and StringList only; a SecureString is answered as an obviously fake ciphertext. Default `EXAMPLE`. */
  readonly value?: string;
  /** Of a SecureString: key id, ARN or alias. Default `alias/aws/ssm`. */
  readonly kmsKey?: string;
  /** Default `Standard`. */
  readonly tier?: string;
  /** Default `text`. */
  readonly dataType?: string;
  /** Default 1. */
  readonly version?: number;
  readonly lastModifiedAt?: number;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly policies?: readonly ParameterPolicyFixture[];
  /** Resource policies that share it; only the Advanced tier can be shared. */
  readonly sharedBy?: readonly PolicyDocument[];
}

export interface ParameterPolicyFixture {
  readonly type: 'Expiration' | 'ExpirationNotification' | 'NoChangeNotification';
  readonly attributes: Readonly<Record<string, string>>;
  /** Default `Pending`. */
  readonly status?: string;
}

export interface KeyFixture {
  readonly id: string;
  /** Names without `alias/`. */
  readonly aliases?: readonly string[];
  /** Default `CUSTOMER`. */
  readonly manager?: 'AWS' | 'CUSTOMER';
  /** Default `Enabled`. */
  readonly state?: 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport' | 'Unavailable';
  /** Default `SYMMETRIC_DEFAULT`. */
  readonly spec?: string;
  /** Default `ENCRYPT_DECRYPT`. */
  readonly usage?: string;
  /** Default `AWS_KMS`. */
  readonly origin?: 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';
  readonly multiRegion?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly createdAt?: number;
  /** When a key that is pending deletion goes. */
  readonly deletionAt?: number;
  /** When imported key material expires. */
  readonly validTo?: number;
  /** Absent: automatic rotation is off. */
  readonly rotation?: { readonly periodDays?: number; readonly nextRotationAt?: number };
  /** Default: the account's root may do everything, as AWS makes it. */
  readonly policy?: PolicyDocument;
}

/** The date of what has no date in a fixture. */
export const defaultDate: number = Date.UTC(2026, 0, 1);

/** `aws`, unless the fixture says otherwise. */
export function partitionOf(account: AccountFixture): string {
  return account.partition ?? 'aws';
}
