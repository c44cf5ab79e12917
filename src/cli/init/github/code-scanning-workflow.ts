import { actions, baseline, head, sealcheckAction, type GitHubChoices } from './choices.ts';
import { cleanUp, judgedInput } from './judged-input.ts';

/** Alerts of the main branch, and the result that pull requests are compared with. */
export function codeScanningWorkflow(choices: GitHubChoices, version: string): string {
  const { steps, target, plans } = judgedInput(choices);
  return `${head(version)}
# The alerts of ${choices.branch}, and the baseline of the gate. It does not fail for findings (--exit-zero): the alerts say them.
name: Sealcheck code scanning
on:
  push:
    branches: [${choices.branch}]
permissions: {}
concurrency:
  group: sealcheck-code-scanning-\${{ github.ref }}
  cancel-in-progress: false
jobs:
  scan:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
      security-events: write # the upload
${plans ? '      id-token: write # the role\n' : ''}    steps:
      - uses: ${actions.checkout}
        with:
          persist-credentials: false
${steps}      - id: sealcheck
        uses: ${sealcheckAction(version)}
        with:
          target: ${target}
          args: --exit-zero
          upload-sarif: true
      # Names and findings, no values; who can read the repository can read it.
      - uses: ${actions.uploadArtifact}
        if: \${{ !cancelled() && steps.sealcheck.outputs.json-file != '' }}
        with:
          name: ${baseline.artifact}
          path: \${{ steps.sealcheck.outputs.json-file }}
          retention-days: 90
${cleanUp(choices)}`;
}
