import { account } from './account.ts';
import { cloudFormationParameter } from './cloudformation-parameter.ts';
import { cloudTrailTrail } from './cloudtrail-trail.ts';
import { cloudWatchAlarm } from './cloudwatch-alarm.ts';
import { codeBuildProject } from './codebuild-project.ts';
import { docDbCluster } from './docdb-db-cluster.ts';
import { ec2Instance } from './ec2-instance.ts';
import { ec2LaunchTemplate } from './ec2-launch-template.ts';
import { ecsTaskDefinition } from './ecs-task-definition.ts';
import { eventsRule } from './events-rule.ts';
import { iamGroup } from './iam-group.ts';
import { iamManagedPolicy } from './iam-managed-policy.ts';
import { iamRole } from './iam-role.ts';
import { iamUser } from './iam-user.ts';
import { kmsKey } from './kms-key.ts';
import { lambdaFunction } from './lambda-function.ts';
import { rdsDbCluster } from './rds-db-cluster.ts';
import { rdsDbInstance } from './rds-db-instance.ts';
import { redshiftCluster } from './redshift-cluster.ts';
import type { ResourceType } from './resource-type.ts';
import { secretsManagerSecret } from './secretsmanager-secret.ts';
import { ssmParameter } from './ssm-parameter.ts';

/** The registry of resource types. */
export const resourceTypes: readonly ResourceType[] = [
  secretsManagerSecret,
  ssmParameter,
  kmsKey,
  iamRole,
  iamUser,
  iamGroup,
  iamManagedPolicy,
  lambdaFunction,
  ecsTaskDefinition,
  codeBuildProject,
  ec2Instance,
  ec2LaunchTemplate,
  rdsDbInstance,
  rdsDbCluster,
  redshiftCluster,
  docDbCluster,
  cloudFormationParameter,
  account,
  cloudTrailTrail,
  eventsRule,
  cloudWatchAlarm,
];

const byName = new Map(resourceTypes.map((type) => [type.name, type]));

export function findResourceType(name: string): ResourceType | undefined {
  return byName.get(name);
}
