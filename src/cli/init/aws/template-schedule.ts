import type { RunSchedule } from './schedule.ts';

/** What starts the function. */
export const scheduleText = `  # A group of its own, because a role can be limited to a group and not to a schedule.
  ScheduleGroup:
    Type: AWS::Scheduler::ScheduleGroup

  SchedulerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: scheduler.amazonaws.com }
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                'aws:SourceAccount': !Ref AWS::AccountId
                'aws:SourceArn': !Sub 'arn:\${AWS::Partition}:scheduler:\${AWS::Region}:\${AWS::AccountId}:schedule-group/\${ScheduleGroup}'
      Policies:
        - PolicyName: start-the-job
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Job
                Effect: Allow
                Action: lambda:InvokeFunction
                Resource: !GetAtt Job.Arn
              - Sid: FailedRuns
                Effect: Allow
                Action: sqs:SendMessage
                Resource: !GetAtt FailedRuns.Arn

  RunSchedule:
    Type: AWS::Scheduler::Schedule
    Properties:
      GroupName: !Ref ScheduleGroup
      ScheduleExpression: !Ref Schedule
      FlexibleTimeWindow: { Mode: 'OFF' }
      State: ENABLED
      Target:
        Arn: !GetAtt Job.Arn
        RoleArn: !GetAtt SchedulerRole.Arn
        Input: '{}'
        RetryPolicy:
          MaximumRetryAttempts: 5
          MaximumEventAgeInSeconds: 3600
        DeadLetterConfig:
          Arn: !GetAtt FailedRuns.Arn
`;

const failureAlarm = `  # A mistake in the arguments, no access, out of time, a state that cannot be written, a notification that cannot be sent.
  RunFailed:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: A run of Sealcheck failed; its log says why. Violations are no failure.
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref Job }]
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 1
      TreatMissingData: notBreaching
      AlarmActions: [!If [MakesTopic, !Ref Topic, !Ref NotificationTopicArn]]
`;

const silenceAlarm = `
  # Rings from the start until the first run.
  RunMissing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: Sealcheck has not run when it should have. Nothing is known of what changed since.
      Namespace: AWS/Lambda
      MetricName: Invocations
      Dimensions: [{ Name: FunctionName, Value: !Ref Job }]
      Statistic: Sum
      Period: 3600
      EvaluationPeriods: !Ref HoursWithoutRun
      DatapointsToAlarm: !Ref HoursWithoutRun
      ComparisonOperator: LessThanThreshold
      Threshold: 1
      TreatMissingData: breaching
      AlarmActions: [!If [MakesTopic, !Ref Topic, !Ref NotificationTopicArn]]
      OKActions: [!If [MakesTopic, !Ref Topic, !Ref NotificationTopicArn]]
`;

/** What rings when the job fails, and when it does not run; the latter only where an alarm can look back far enough. */
export function alarmsText({ silentHours }: RunSchedule): string {
  return silentHours === undefined ? failureAlarm : failureAlarm + silenceAlarm;
}
