import { actions, baseline, head, sealcheckAction, type GitHubChoices } from './choices.ts';
import { cleanUp, judgedInput } from './judged-input.ts';

/** The gate: what a pull request makes worse than the branch that it goes to fails. */
export function planWorkflow(choices: GitHubChoices, version: string): string {
  const { steps, target, plans } = judgedInput(choices);
  const file = `${baseline.folder}/findings.json`;
  return `${head(version)}
# The gate: a pull request fails for findings that ${choices.branch} does not have. A job that is skipped counts as passed, so nothing here skips it: a pull
# request from a fork gets no role${plans ? ', and fails where it cannot plan' : ''}.
name: Sealcheck plan
on:
  pull_request:
permissions: {}
concurrency:
  group: sealcheck-plan-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  judge:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
      actions: read # the baseline
${plans ? '      id-token: write # the role; code of the pull request runs with it, so it should read alone\n' : ''}    steps:
      - uses: ${actions.checkout}
        with:
          persist-credentials: false
${steps}      # Of the last push to ${choices.branch} alone: a branch of a fork may be called ${choices.branch} too. Without one every finding counts as new.
      - name: Baseline
        continue-on-error: true
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          rm -rf ${baseline.folder} # the pull request may bring one of its own
          run=$(gh run list --repo "$GITHUB_REPOSITORY" --workflow ${baseline.workflow} --branch ${choices.branch} --event push --status completed --limit 1 --json databaseId --jq '.[0].databaseId // empty')
          test -n "$run" # without a run gh takes the artifact of any run, such as one that a pull request made
          gh run download "$run" --repo "$GITHUB_REPOSITORY" --name ${baseline.artifact} --dir ${baseline.folder}
      - uses: ${sealcheckAction(version)}
        with:
          target: ${target}
          baseline: \${{ hashFiles('${file}') && '${file}' }}
          fail-on-new: \${{ hashFiles('${file}') != '' }}
${cleanUp(choices)}`;
}
