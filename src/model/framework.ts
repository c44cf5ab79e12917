/** Where somebody published that a check gives evidence for a requirement. */
export interface PublishedMapping {
  /** Id of the check as its publisher writes it, such as `SecretsManager.1` of AWS Security Hub. */
  readonly check: string;
  /** The page or file that says so. */
  readonly url: string;
}

/** One requirement of a framework, in our own words. */
export interface Requirement {
  readonly id: string;
  readonly title: string;
  readonly mapped: readonly PublishedMapping[];
}

/** The requirements of a published framework that concern secrets, keys and who may use them; not the whole framework. */
export interface Framework {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** Where the framework itself is published. */
  readonly url: string;
  /** Its requirements are checks themselves, so that a policy that asks one needs no mapping. */
  readonly checks: boolean;
  readonly requirements: readonly Requirement[];
}

/** A framework with the built-in policies that give evidence for each requirement: what `sealcheck report` knows. */
export interface CoveredFramework extends Framework {
  readonly requirements: readonly (Requirement & { readonly policies: readonly string[] })[];
}
