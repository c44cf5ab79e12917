import { InvalidArgumentError, Option } from 'commander';
import { nearestName } from '../../expressions/nearest-name.ts';
import { toolVersion } from '../version.ts';
import { checkedOption, plainPath, regionsOption, repeatedPaths, roleOption } from './checked-option.ts';
import type { GitHubChoices } from './github/choices.ts';
import type { InitKit, MadeKit } from './kit.ts';

const githubWorkflows = ['plan', 'scheduled', 'code-scanning'] as const;
type WorkflowName = (typeof githubWorkflows)[number];

interface Flags extends GitHubChoices {
  readonly workflow: readonly WorkflowName[];
}

/** Workflows of GitHub Actions: the gate of pull requests, the scheduled job, and the feed of code scanning with the baseline of the gate. */
export const githubKit: InitKit = {
  name: 'github',
  summary: 'workflows for GitHub Actions: a gate on plans, a scheduled scan, code scanning',
  addOptions: (command) =>
    command
      .addOption(
        new Option('--workflow <names>', `workflows to write, with commas between: ${githubWorkflows.join(', ')}`)
          .argParser(parseWorkflows)
          .default(githubWorkflows, 'all of them'),
      )
      .addOption(
        checkedOption('--terraform <dir>', 'folder of the Terraform code', plainPath, 'a path of letters, digits and . _ - / @').default(
          'infra',
        ),
      )
      .addOption(repeatedPaths('--template <path>', 'template or cdk.out to judge in place of a Terraform plan; repeats'))
      .addOption(checkedOption('--branch <name>', 'branch that the alerts are of', plainPath, 'the name of a branch').default('main'))
      .addOption(roleOption('--role-arn', 'role of the scheduled scan').default(undefined, 'the variable SEALCHECK_ROLE_ARN'))
      .addOption(roleOption('--plan-role-arn', 'role that plans').default(undefined, 'the variable TERRAFORM_PLAN_ROLE_ARN'))
      .addOption(regionsOption().default('us-east-1'))
      .addOption(
        checkedOption(
          '--state <url>',
          'where scheduled scans are kept',
          /^s3:\/\/[a-z0-9][a-z0-9.-]+(\/[\w.-]+)*\/?$/,
          's3://bucket/prefix',
        ).default(undefined, 'the variable SEALCHECK_STATE'),
      ),
  make: (flags) => makeGitHubKit(flags as unknown as Flags),
};

function parseWorkflows(value: string): readonly WorkflowName[] {
  return value.split(',').map((word) => {
    const found = githubWorkflows.find((name) => name === word.trim());
    if (found !== undefined) return found;
    const nearest = nearestName(word, githubWorkflows);
    throw new InvalidArgumentError(nearest === undefined ? `there are ${githubWorkflows.join(', ')}` : `did you mean ${nearest}?`);
  });
}

async function makeGitHubKit(flags: Flags): Promise<MadeKit> {
  const [{ planWorkflow }, { scheduledWorkflow }, { codeScanningWorkflow }] = await Promise.all([
    import('./github/plan-workflow.ts'),
    import('./github/scheduled-workflow.ts'),
    import('./github/code-scanning-workflow.ts'),
  ]);
  const texts = { plan: planWorkflow, scheduled: scheduledWorkflow, 'code-scanning': codeScanningWorkflow };
  const names = githubWorkflows.filter((name) => flags.workflow.includes(name));
  const plans = flags.template.length === 0 && names.some((name) => name !== 'scheduled');
  return {
    files: names.map((name) => ({ path: `.github/workflows/sealcheck-${name}.yml`, text: texts[name](flags, toolVersion) })),
    next: [
      'pin the actions by the SHA of the release that you mean',
      ...(plans && flags.planRoleArn === undefined
        ? ['set the variable TERRAFORM_PLAN_ROLE_ARN of the repository: a role that may read, and be assumed by its workflows']
        : []),
      ...(names.includes('scheduled') ? scheduledSteps(flags) : []),
      ...(names.includes('plan') && !names.includes('code-scanning')
        ? ['the baseline comes of sealcheck-code-scanning.yml: without it all findings count as new']
        : []),
      ...(names.includes('plan') ? ['make the check "Sealcheck plan / judge" required, by a ruleset of the branch'] : []),
    ],
  };
}

function scheduledSteps({ roleArn, state }: Flags): readonly string[] {
  return [
    ...(roleArn === undefined ? ['set the variable SEALCHECK_ROLE_ARN: sealcheck permissions prints what the role needs'] : []),
    ...(state === undefined ? ['set the variable SEALCHECK_STATE: s3://bucket/prefix, which the role may list, read and write'] : []),
    'set the secrets SEALCHECK_SLACK_WEBHOOK_URL or SEALCHECK_WEBHOOK_URL and SEALCHECK_WEBHOOK_SECRET, or take the step "Tell what changed" out',
  ];
}
