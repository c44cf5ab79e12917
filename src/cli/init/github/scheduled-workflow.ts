import { actions, head, homeRegion, sealcheckAction, type GitHubChoices } from './choices.ts';

/** The compliance job: the live account every day, its state in S3, its alerts, and a message where something changed. */
export function scheduledWorkflow({ roleArn, region, state }: GitHubChoices, version: string): string {
  return `${head(version)}
# The live account, every day: what changed is told, what fails are alerts of the default branch.
name: Sealcheck scheduled
on:
  schedule:
    - cron: "17 5 * * *" # UTC; not on the hour, when runners are short
  workflow_dispatch:
permissions: {}
concurrency:
  group: sealcheck-scheduled
  cancel-in-progress: false
jobs:
  scan:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
      id-token: write # the role
      security-events: write # the upload
    env:
      SEALCHECK_STATE: ${state ?? '${{ vars.SEALCHECK_STATE }}'}
    steps:
      # For sealcheck.config.yaml and waivers.
      - uses: ${actions.checkout}
        with:
          persist-credentials: false
      - uses: ${actions.credentials}
        with:
          role-to-assume: ${roleArn ?? '${{ vars.SEALCHECK_ROLE_ARN }}'}
          aws-region: ${homeRegion(region)}
      - id: sealcheck
        uses: ${sealcheckAction(version)}
        with:
          aws: true
          args: --region ${region}
          state-dir: \${{ env.SEALCHECK_STATE }}
          upload-sarif: true
      # Whatever the scan came to: that it failed or was incomplete is to be told too. Silent where nothing has changed.
      - name: Tell what changed
        if: \${{ !cancelled() && steps.sealcheck.outputs.json-file != '' }}
        env:
          SEALCHECK_SLACK_WEBHOOK_URL: \${{ secrets.SEALCHECK_SLACK_WEBHOOK_URL }}
          SEALCHECK_WEBHOOK_URL: \${{ secrets.SEALCHECK_WEBHOOK_URL }}
          SEALCHECK_WEBHOOK_SECRET: \${{ secrets.SEALCHECK_WEBHOOK_SECRET }}
        # Not by npx, which runs what a checkout has in node_modules, and asks the registry of its .npmrc.
        run: |
          npm install --global --prefix "$RUNNER_TEMP/sealcheck" --ignore-scripts --no-audit --no-fund sealcheck@${version}
          "$RUNNER_TEMP/sealcheck/bin/sealcheck" notify --state-dir "$SEALCHECK_STATE"
`;
}
