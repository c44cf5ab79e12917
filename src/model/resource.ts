import type { SourceLocation } from './location.ts';
import type { SourceName } from './source-name.ts';
import type { UnknownReason } from './unknown.ts';
import type { WaiverNote, WrittenWaiver } from './waiver.ts';

/**
 * Attributes of a resource as its type declares them (`resources/`): strings, booleans, whole numbers, epoch
 * milliseconds for timestamps, lists, maps and objects of these, and `Unknown` at any depth. A key that is not
 * there, or holds undefined, is absent: known not to be set.
 */
export type Attributes = { readonly [name: string]: unknown };

export const changes = ['none', 'create', 'update', 'replace'] as const;
/** From least to most: none is a no-op. What is deleted is not judged, so it is not here. */
export type Change = (typeof changes)[number];

export interface Resource<A extends Attributes = Attributes> {
  /** CloudFormation type name, such as `AWS::SecretsManager::Secret`. */
  readonly type: string;
  /** The ARN for a live resource, else the Terraform address or the logical id. */
  readonly address: string;
  /** What people call it, and what identifies it between runs: no random suffix; a KMS key's id. */
  readonly name: string;
  readonly partition?: string;
  readonly account?: string;
  /** `global` for IAM. */
  readonly region?: string;
  readonly attributes: A;
  /** What a plan will do to it, the most drastic of what it does to the blocks it is made of. Absent where no plan says. */
  readonly change?: Change;
  /** Addresses that it had before, newest first: a `moved` block. */
  readonly previousAddresses?: readonly string[];
  /**
   * Set for a block of infrastructure code that stands in for its owner, such as a resource policy whose secret is declared elsewhere: what
   * it does not say is not unknown here, but judged there. It is the detail of the Unknowns that stand for all that.
   */
  readonly standIn?: string;
  /** Position of an attribute path in the source file, for infrastructure code. */
  readonly locate?: (path: string) => SourceLocation | undefined;
  /** Where conditions of the code are open: all that it can come to. `attributes` then holds what these agree on, and Unknown for the rest. */
  readonly variants?: Variants;
}

/** What a resource comes to under each way of deciding what its code leaves open; two or more. */
export interface Variants {
  /** What decides between them, for people: `the condition IsProd`. */
  readonly decidedBy: string;
  readonly each: readonly Pick<Resource, 'attributes' | 'locate'>[];
}

/** Something that could not be listed at all, so that we do not know which resources there are. */
export interface Gap {
  /** `service:Operation`, such as `secretsmanager:ListSecrets`. */
  readonly operation: string;
  /** IAM action that the operation needs. */
  readonly action: string;
  /** Resource types that may be missing because of it. */
  readonly types: readonly string[];
  readonly reason: UnknownReason;
  /** How many calls failed. */
  readonly count: number;
  /** What the reader can do about it. */
  readonly hint: string;
  /** What came back, without any value. */
  readonly detail?: string;
  /** The accepted risk that covers it: it is listed, and counts no more. */
  readonly waiver?: WaiverNote;
}

export const scopeStatuses = ['complete', 'partial', 'failed'] as const;
/** complete: everything was listed. partial: some was not, see the gaps. failed: nothing could be read. */
export type ScopeStatus = (typeof scopeStatuses)[number];

/** One account and region, or one root of infrastructure code: the unit that is read and judged on its own. */
export interface Scope {
  /** `aws/123456789012/us-east-1`, `aws/123456789012/global`, `terraform/infra`. */
  readonly id: string;
  readonly source: SourceName;
  readonly partition?: string;
  readonly account?: string;
  readonly region?: string;
  /** For infrastructure code: the path that identity is relative to. */
  readonly root?: string;
  /** ARN of the identity that read it. */
  readonly caller?: string;
}

export interface ScopeModel {
  readonly scope: Scope;
  readonly status: ScopeStatus;
  /** False where resources may be missing although all that the input holds was read: a targeted plan, or a choice of the user's. */
  readonly whole?: false;
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
  /** Waivers that stand beside the code, as they are written. */
  readonly waivers?: readonly WrittenWaiver[];
}

/** For each resource type, attribute path prefix → IAM action of the call it came from; the longest prefix counts. */
export type Provenance = { readonly [type: string]: { readonly [pathPrefix: string]: string } };

/** What a source read: the input of evaluation. */
export interface Collection {
  readonly scopes: readonly ScopeModel[];
  readonly provenance: Provenance;
  /** Facts about the run that people should know, such as how many enabled regions were not looked at. */
  readonly notes: readonly string[];
  /** Set when the run was stopped before the end: what was not read yet is missing or Unknown. */
  readonly interrupted?: true;
}

/** Which attributes the selected policies read, by resource type: what a source must know, and nothing more. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>;
