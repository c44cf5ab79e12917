import { Option } from 'commander';
import { UserError } from '../../model/errors.ts';
import { severities } from '../../model/severity.ts';
import { toolVersion } from '../version.ts';
import { regionsOption, repeatedPaths, roleOption } from './checked-option.ts';
import { gitlabJobs } from './gitlab/jobs.ts';
import type { InitKit, MadeKit } from './kit.ts';

interface Flags {
  readonly target: readonly string[];
  readonly roleArn?: string;
  readonly region: string;
  readonly failOn: string;
}

const file = '.gitlab/sealcheck.gitlab-ci.yml';

/** Two jobs of GitLab CI in a file of their own, which is to be included. */
export const gitlabKit: InitKit = {
  name: 'gitlab',
  summary: 'jobs for GitLab CI: one scans and makes reports, one decides',
  addOptions: (command) =>
    command
      .addOption(repeatedPaths('--target <path>', 'plan, template, cdk.out or saved account to judge; repeats'))
      .addOption(roleOption('--role-arn', 'judge the live account by this role, with a token of the job'))
      .addOption(regionsOption().default('us-east-1'))
      .addOption(new Option('--fail-on <severity>', 'what the gate fails for').choices([...severities, 'none']).default('low')),
  make: (flags) => Promise.resolve(makeGitLabKit(flags as unknown as Flags)),
};

function makeGitLabKit({ target, roleArn, region, failOn }: Flags): MadeKit {
  if (target.length === 0 && roleArn === undefined) {
    throw new UserError('usage', 'nothing to judge', { hint: 'name what the jobs judge with --target, or a role with --role-arn' });
  }
  const live = roleArn === undefined ? [] : ['--aws', '--region', region];
  const jobs = gitlabJobs({
    stage: 'test',
    image: 'node:24-alpine',
    version: toolVersion,
    words: [...live, ...target].join(' '),
    failOn,
    ...(roleArn === undefined ? {} : { role: { arn: roleArn, region: region === 'all' ? 'us-east-1' : (region.split(',')[0] ?? '') } }),
  });
  return {
    files: [{ path: file, text: `# Written by sealcheck init gitlab, version ${toolVersion}.\n${jobs}` }],
    next: [
      `include it in .gitlab-ci.yml:  include: [{ local: ${file} }]`,
      ...(target.some((path) => path.endsWith('.json'))
        ? ['where a target is a plan, make it in the before_script of sealcheck-scan: it holds values, and must not become an artifact']
        : []),
      ...(roleArn === undefined
        ? []
        : ['let the role be assumed by the tokens of this project (aud https://gitlab.com, or your own server)']),
    ],
  };
}
