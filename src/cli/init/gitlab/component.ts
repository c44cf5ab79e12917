import { gitlabJobs } from './jobs.ts';

/** The CI/CD component of this repository, templates/sealcheck/template.yml (docs "CI/CD components"): the same jobs, with inputs. */
export function gitlabComponent(version: string): string {
  const jobs = gitlabJobs({
    stage: '$[[ inputs.stage ]]',
    image: '$[[ inputs.image ]]',
    version: '$[[ inputs.version ]]',
    words: '$[[ inputs.scan ]]',
    failOn: '$[[ inputs.fail-on ]]',
  });
  return `# Made by npm run docs from src/cli/init/gitlab; change it there.
spec:
  inputs:
    scan:
      description: What is judged, as words of sealcheck scan, such as template.yaml, or --aws --region all.
    fail-on:
      description: What the gate fails for.
      default: low
      options: [none, info, low, medium, high, critical]
    stage:
      default: test
    image:
      description: An image with Node 20.19 or newer.
      default: node:24-alpine
    version:
      description: Version of the npm package.
      default: "${version}"
---
${jobs}`;
}
