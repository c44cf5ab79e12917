import type { AwsKitChoices } from './choices.ts';
import { quoted } from './yaml-text.ts';

/** Parameters and conditions of the template of the job. */
export function parametersText({ schedule }: AwsKitChoices): string {
  return `Parameters:
  CodeBucket:
    Type: String
    Description: Bucket that holds sealcheck-lambda.zip, in the region of this stack
    AllowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$'
  CodeKey:
    Type: String
    Description: Key of the zip in that bucket; another key, or another version of it, is what makes an update of the stack deploy new code
    Default: sealcheck-lambda.zip
    MinLength: 1
  CodeVersion:
    Type: String
    Description: Version id of the zip where the bucket keeps versions, else empty
    Default: ''
  Schedule:
    Type: String
    Description: When the job runs, as rate(...) or cron(...) of EventBridge Scheduler, in UTC
    Default: ${quoted(schedule.expression)}
    AllowedPattern: '^(rate|cron)\\(.+\\)$'
${silenceParameter(schedule.silentHours)}  RetentionDays:
    Type: Number
    Description: How long the results of a run are kept, in days
    Default: 90
    MinValue: 1
    MaxValue: 3650
  NotificationTopicArn:
    Type: String
    Description: Topic that is told of alarms and changes; without one the stack makes its own
    Default: ''
    AllowedPattern: '^$|^arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]+$'
  NotificationEmail:
    Type: String
    Description: Address that is subscribed to the topic of the stack, and must confirm that; else empty
    Default: ''
  MemorySize:
    Type: Number
    Description: Memory of the function, in MB; its share of a processor grows with it
    Default: 2048
    MinValue: 512
    MaxValue: 10240
  ReserveConcurrency:
    Type: String
    Description: true - never two runs at once. false - for an account whose quota of concurrent executions is too small to reserve one of them
    Default: 'true'
    AllowedValues: ['true', 'false']

Conditions:
  HasCodeVersion: !Not [!Equals [!Ref CodeVersion, '']]
  MakesTopic: !Equals [!Ref NotificationTopicArn, '']
  Subscribes: !And [!Condition MakesTopic, !Not [!Equals [!Ref NotificationEmail, '']]]
  ReservesConcurrency: !Equals [!Ref ReserveConcurrency, 'true']
`;
}

function silenceParameter(hours: number | undefined): string {
  if (hours === undefined) return '';
  return `  HoursWithoutRun:
    Type: Number
    Description: An alarm rings after so many hours without a run; the longest gap of the schedule and two hours more
    Default: ${hours}
    MinValue: 1
    MaxValue: 168
`;
}
