import { accountCollector } from './account.ts';
import { cloudTrailTrailCollector } from './cloudtrail-trail.ts';
import { cloudWatchAlarmCollector } from './cloudwatch-alarm.ts';
import { eventsRuleCollector } from './events-rule.ts';
import { codeBuildProjectCollector } from './codebuild-project.ts';
import type { Collector } from './collector.ts';
import { docDbClusterCollector } from './docdb-db-cluster.ts';
import { ec2InstanceCollector } from './ec2-instance.ts';
import { ec2LaunchTemplateCollector } from './ec2-launch-template.ts';
import { ecsTaskDefinitionCollector } from './ecs-task-definition.ts';
import { iamGroupCollector } from './iam-group.ts';
import { iamManagedPolicyCollector } from './iam-managed-policy.ts';
import { iamRoleCollector } from './iam-role.ts';
import { iamUserCollector } from './iam-user.ts';
import { kmsKeyCollector } from './kms-key.ts';
import { lambdaFunctionCollector } from './lambda-function.ts';
import { rdsDbClusterCollector } from './rds-db-cluster.ts';
import { rdsDbInstanceCollector } from './rds-db-instance.ts';
import { redshiftClusterCollector } from './redshift-cluster.ts';
import { secretsManagerSecretCollector } from './secretsmanager-secret.ts';
import { ssmParameterCollector } from './ssm-parameter.ts';

/** The registry of what a live account can be asked for. */
export const collectors: readonly Collector[] = [
  secretsManagerSecretCollector,
  ssmParameterCollector,
  kmsKeyCollector,
  iamRoleCollector,
  iamUserCollector,
  iamGroupCollector,
  iamManagedPolicyCollector,
  accountCollector,
  cloudTrailTrailCollector,
  eventsRuleCollector,
  cloudWatchAlarmCollector,
  lambdaFunctionCollector,
  ecsTaskDefinitionCollector,
  codeBuildProjectCollector,
  ec2InstanceCollector,
  ec2LaunchTemplateCollector,
  rdsDbInstanceCollector,
  rdsDbClusterCollector,
  redshiftClusterCollector,
  docDbClusterCollector,
];
