/** What the flags of `sealcheck init github` say; every value is safe in YAML and in a shell. */
export interface GitHubChoices {
  /** Folder of the Terraform code; not used where there are templates. */
  readonly terraform: string;
  readonly template: readonly string[];
  readonly branch: string;
  readonly roleArn?: string;
  readonly planRoleArn?: string;
  /** Regions with commas between, or `all`. */
  readonly region: string;
  readonly state?: string;
}

/** Majors that run on Node 24, as of November 2026. */
export const actions = {
  checkout: 'actions/checkout@v6',
  credentials: 'aws-actions/configure-aws-credentials@v6',
  terraform: 'hashicorp/setup-terraform@v4',
  uploadArtifact: 'actions/upload-artifact@v6',
} as const;

/** The action of the same release as the command that writes the workflow. */
export const sealcheckAction = (version: string): string => `sealcheck/sealcheck@v${version}`;

/** The artifact that the gate compares with, and the workflow that makes it. */
export const baseline = { artifact: 'sealcheck-findings', workflow: 'sealcheck-code-scanning.yml', folder: '.sealcheck-baseline' } as const;

export const head = (version: string): string =>
  `# Written by sealcheck init github, version ${version}. Tags of actions can be moved: pin each by the SHA of the release that you mean.`;

/** The first region is where the SDK starts. */
export const homeRegion = (region: string): string => (region === 'all' ? 'us-east-1' : (region.split(',')[0] ?? 'us-east-1'));
