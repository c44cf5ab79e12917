import type { AwsKitChoices } from './choices.ts';

/** The files of the kit, in the folder that it is written to. */
export const templateNames = { scheduled: 'sealcheck-scheduled.yaml', member: 'sealcheck-member-role.yaml' } as const;

/** What is left to do by hand. docs/schedule.md says it at length. */
export function nextSteps({ flags, packed, schedule }: AwsKitChoices): readonly string[] {
  const members = flags.memberAccount.length > 0;
  return [
    'make or download sealcheck-lambda.zip (in a checkout of sealcheck: npm run release:lambda)',
    ...(packed.length === 0 ? [] : [`zip -r sealcheck-lambda.zip ${packed.join(' ')}`]),
    'aws s3 cp sealcheck-lambda.zip s3://YOUR-BUCKET/',
    `aws cloudformation deploy --stack-name sealcheck --template-file ${templateNames.scheduled} --capabilities CAPABILITY_IAM ` +
      '--parameter-overrides CodeBucket=YOUR-BUCKET NotificationEmail=YOU@EXAMPLE.COM',
    ...(members
      ? [
          `in each of ${flags.memberAccount.join(', ')}: aws cloudformation deploy --stack-name sealcheck-member --template-file ` +
            `${templateNames.member} --capabilities CAPABILITY_NAMED_IAM --parameter-overrides JobRoleArn=ARN`,
        ]
      : []),
    'invoke the function once (output JobName): until the first run the alarm RunMissing rings',
    ...(schedule.silentHours === undefined ? ['no alarm tells that a run is missing: an alarm looks back seven days at most'] : []),
    ...(flags.inspectValues === true
      ? ['the role may read String parameters (ssm:GetParameters): iam-no-parameter-read-on-all fails on this template, as it should']
      : []),
  ];
}
