import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judgePlan, plans, readPlanFile } from './judge-plan.ts';

interface Change {
  readonly address: string;
  readonly change: { after: { [name: string]: unknown }; after_unknown: { [name: string]: unknown } };
}

it('a policy attached to a user whose name is known after apply is judged there with the code, and unknown without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-attachments-'));
  try {
    cpSync(`${plans}/cases`, folder, { recursive: true });
    const json = readPlanFile('cases/plan.json') as { readonly resource_changes: readonly Change[] };
    for (const { address, change } of json.resource_changes) {
      if (address === 'aws_iam_user.ci') {
        delete change.after['name'];
        change.after_unknown['name'] = true;
      }
      if (address === 'aws_iam_policy_attachment.shared') {
        change.after['users'] = [null];
        change.after_unknown['users'] = [true];
      }
    }
    const statuses = async (options: object): Promise<readonly string[]> =>
      (await judgePlan(json, options)).findings
        .filter(({ policyId, resource }) => policyId === 'iam-no-secret-read-on-all' && resource.address === 'aws_iam_user.ci')
        .map(({ status }) => status);
    expect(await statuses({ sourceDir: folder })).toEqual(['fail']);
    expect(await statuses({})).toEqual(['unknown']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
