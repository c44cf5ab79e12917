import { actions, homeRegion, type GitHubChoices } from './choices.ts';

/** The steps that make what is judged, and its path. */
export interface JudgedInput {
  readonly steps: string;
  readonly target: string;
  /** Needs the role that plans. */
  readonly plans: boolean;
}

/** Templates are there; a plan is made by the job itself, for it holds values and must not become an artifact. */
export function judgedInput({ terraform, template, planRoleArn, region }: GitHubChoices): JudgedInput {
  if (template.length > 0) return { steps: '', target: template.join(' '), plans: false };
  const folder = terraform.replace(/\/+$/, '');
  return {
    plans: true,
    target: folder === '.' ? 'sealcheck-plan.json' : `${folder}/sealcheck-plan.json`,
    steps: `      - uses: ${actions.terraform}
        with:
          terraform_wrapper: false
      - uses: ${actions.credentials}
        with:
          role-to-assume: ${planRoleArn ?? '${{ vars.TERRAFORM_PLAN_ROLE_ARN }}'}
          aws-region: ${homeRegion(region)}
      # The plan holds values: it stays on this runner and is never stored as an artifact.
      - name: Plan
        working-directory: ${folder}
        run: |
          terraform init -input=false
          terraform plan -input=false -lock=false -out=sealcheck.tfplan
          terraform show -json sealcheck.tfplan > sealcheck-plan.json
`,
  };
}

/** Removes the plan, for runners that are used again. */
export function cleanUp({ terraform, template }: GitHubChoices): string {
  if (template.length > 0) return '';
  return `      - name: Remove the plan
        if: always()
        working-directory: ${terraform.replace(/\/+$/, '')}
        run: rm -f sealcheck.tfplan sealcheck-plan.json
`;
}
