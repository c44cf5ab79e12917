/** What differs between the jobs that `init gitlab` writes and the CI/CD component; every value is safe in YAML and in a shell. */
export interface GitLabChoices {
  readonly stage: string;
  readonly image: string;
  readonly version: string;
  /** Words of `sealcheck scan`. */
  readonly words: string;
  readonly failOn: string;
  readonly role?: { readonly arn: string; readonly region: string };
}

/**
 * GitLab takes the reports of jobs that succeed alone (docs "SARIF reports"), so the job that scans ends with 0 whatever it finds, and a
 * second one decides from the result.
 */
export function gitlabJobs({ stage, image, version, words, failOn, role }: GitLabChoices): string {
  const setup =
    role === undefined
      ? ''
      : `  id_tokens:
    SEALCHECK_ID_TOKEN:
      aud: https://gitlab.com
  before_script:
    - umask 077
    - printf '%s' "$SEALCHECK_ID_TOKEN" > "$CI_PROJECT_DIR.token"
    - export AWS_WEB_IDENTITY_TOKEN_FILE="$CI_PROJECT_DIR.token"
`;
  const variables =
    role === undefined
      ? ''
      : `
    AWS_ROLE_ARN: "${role.arn}"
    AWS_REGION: "${role.region}"`;
  // Not by npx: that runs what the merge request has in node_modules, and asks the registry that its .npmrc names.
  const install = `npm install --global --ignore-scripts --no-audit --no-fund sealcheck@${version}`;
  return `sealcheck-scan:
  stage: ${stage}
  image: ${image}
  variables:
    SEALCHECK_SCAN: "${words}"${variables}
${setup}  # Ends with 0 for findings and for what could not be read, so that the reports are taken; sealcheck-gate decides.
  script:
    - ${install}
    - rm -f sealcheck/findings.json # what the gate judges is made here, and not what somebody committed
    - >-
      sealcheck scan --quiet --exit-zero
      --format json=sealcheck/findings.json
      --format sarif=sealcheck/sealcheck.sarif --sarif-profile gitlab
      --format gitlab=sealcheck/gl-code-quality-report.json
      --format junit=sealcheck/junit.xml
      $SEALCHECK_SCAN
  artifacts:
    when: always
    access: developer
    expire_in: 30 days
    paths: [sealcheck/findings.json]
    reports:
      sarif: sealcheck/sealcheck.sarif # GitLab 18.11 and later; take the line out before
      codequality: sealcheck/gl-code-quality-report.json
      junit: sealcheck/junit.xml

sealcheck-gate:
  stage: ${stage}
  image: ${image}
  needs: [sealcheck-scan]
  variables:
    GIT_STRATEGY: none
  script:
    - ${install}
    - sealcheck gate sealcheck/findings.json --fail-on ${failOn}
`;
}
