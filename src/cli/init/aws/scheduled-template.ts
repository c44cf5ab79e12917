import { toolVersion } from '../../version.ts';
import type { AwsKitChoices } from './choices.ts';
import { statePrefix } from './job-arguments.ts';
import { functionText } from './template-function.ts';
import { parametersText } from './template-parameters.ts';
import { alarmsText, scheduleText } from './template-schedule.ts';
import { storageText } from './template-storage.ts';

/** The template of the scheduled job, as YAML. The same choices give the same text. Throws UserError as `scanArguments` does. */
export function scheduledTemplate(choices: AwsKitChoices): string {
  return `# Sealcheck as a scheduled job: EventBridge Scheduler starts a Lambda function. Written by \`sealcheck init aws\` of version ${toolVersion}.
# Other policies, regions or accounts need other permissions: write it anew rather than edit it.
AWSTemplateFormatVersion: '2010-09-09'
Description: Sealcheck judges the secrets of an account on a schedule, keeps what it found and says what changed

${parametersText(choices)}
Resources:
${[storageText, functionText(choices), scheduleText, alarmsText(choices.schedule)].join('\n')}
${outputsText}`;
}

const outputsText = `Outputs:
  JobName:
    Description: The function; invoke it for a run by hand
    Value: !Ref Job
  JobRoleArn:
    Description: The role that other accounts trust
    Value: !GetAtt JobRole.Arn
  State:
    Description: Where runs are kept, for --state-dir
    Value: !Sub 's3://\${StateBucket}/${statePrefix}'
  FailedRunsUrl:
    Description: The queue of runs that could not be started or failed twice
    Value: !Ref FailedRuns
  TopicArn:
    Description: The topic of alarms and changes
    Value: !If [MakesTopic, !Ref Topic, !Ref NotificationTopicArn]
`;
