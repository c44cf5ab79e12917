import type { AwsKitChoices } from './choices.ts';
import { memberRoleArn, notifyArguments, scanArguments, statePrefix } from './job-arguments.ts';
import { indented, jsonWords, quoted, statementLines } from './yaml-text.ts';

/** The function, its role and its log. Throws UserError as `scanArguments` does. */
export function functionText(choices: AwsKitChoices): string {
  return `  Log:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      RetentionInDays: 90

  # What the job may do. Everything else is denied.
  JobRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
${readPolicy(choices)}${assumePolicy(choices)}        - PolicyName: keep-the-state
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Objects
                Effect: Allow
                Action: [s3:GetObject, s3:PutObject, s3:DeleteObject]
                Resource: !Sub '\${StateBucket.Arn}/${statePrefix}/*'
              - Sid: ListBelowPrefix
                Effect: Allow
                Action: s3:ListBucket
                Resource: !GetAtt StateBucket.Arn
                Condition: { StringLike: { 's3:prefix': '${statePrefix}/*' } }
        - PolicyName: log-and-report-failure
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Log
                Effect: Allow
                Action: [logs:CreateLogStream, logs:PutLogEvents]
                Resource: !GetAtt Log.Arn
              - Sid: FailedRuns
                Effect: Allow
                Action: sqs:SendMessage
                Resource: !GetAtt FailedRuns.Arn
${choices.flags.notifySns === true ? publishPolicy : ''}
  Job:
    Type: AWS::Lambda::Function
    Properties:
      Description: Judges the secrets of its accounts, keeps what it found and says what changed
      Runtime: nodejs24.x
      Architectures: [arm64]
      Handler: index.handler
      Code:
        S3Bucket: !Ref CodeBucket
        S3Key: !Ref CodeKey
        S3ObjectVersion: !If [HasCodeVersion, !Ref CodeVersion, !Ref AWS::NoValue]
      Role: !GetAtt JobRole.Arn
      # The most that Lambda gives. The job ends by itself 30 s before, as incomplete.
      Timeout: 900
      MemorySize: !Ref MemorySize
      ReservedConcurrentExecutions: !If [ReservesConcurrency, 1, !Ref AWS::NoValue]
      LoggingConfig:
        LogGroup: !Ref Log
      Environment:
        Variables:
          SEALCHECK_ARGS: !Sub |-
            ${indented(jsonWords(scanArguments(choices)), 12)}
${choices.flags.notifySns === true ? notifyVariable : ''}
  # The schedule hands over an event and does not wait. A run that fails is tried once more, and then told to the queue.
  JobRetries:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Job
      Qualifier: $LATEST
      MaximumRetryAttempts: 1
      MaximumEventAgeInSeconds: 3600
      DestinationConfig:
        OnFailure: { Destination: !GetAtt FailedRuns.Arn }
`;
}

function readPolicy({ permissions, readsOwnAccount }: AwsKitChoices): string {
  if (!readsOwnAccount) return '';
  return `        # As \`sealcheck permissions\` prints it. The resource is * because what is to be found cannot be named beforehand.
        - PolicyName: read-what-is-judged
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              ${indented(statementLines(permissions), 14)}
`;
}

function assumePolicy({ flags, configuredRoles }: AwsKitChoices): string {
  const members = flags.memberAccount.map((account) => `!Sub '${memberRoleArn(account, flags.memberRole)}'`);
  const roles = [...members, ...configuredRoles.map(quoted)];
  if (roles.length === 0) return '';
  return `        - PolicyName: go-to-the-other-accounts
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Roles
                Effect: Allow
                Action: sts:AssumeRole
                Resource:
                  ${indented(
                    roles.map((role) => `- ${role}`),
                    18,
                  )}
`;
}

const publishPolicy = `        - PolicyName: tell-the-topic
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Topic
                Effect: Allow
                Action: sns:Publish
                Resource: !If [MakesTopic, !Ref Topic, !Ref NotificationTopicArn]
`;

const notifyVariable = `          SEALCHECK_NOTIFY_ARGS: !Sub
            - |-
              ${indented(jsonWords(notifyArguments()), 14)}
            - Topic: !If [MakesTopic, !Ref Topic, !Ref NotificationTopicArn]
`;
