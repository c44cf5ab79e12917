import { CloudTrailClient, CreateTrailCommand, PutEventSelectorsCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { AuditFixture, TrailFixture } from '../../../src/endpoint/audit-fixture.ts';
import type { MotoSettings } from './moto-clients.ts';

const bucket = 'acme-trail';

/** Trails, rules and alarms of one region. moto has no delivery errors. */
export async function seedAudit(settings: MotoSettings, { trails = [], rules = [], alarms = [] }: AuditFixture): Promise<void> {
  if (trails.length > 0) await seedTrails(settings, trails);
  const events = new EventBridgeClient(settings);
  for (const { name, state, pattern, targets = [] } of rules) {
    const schedule = pattern === undefined ? { ScheduleExpression: 'rate(1 day)' } : { EventPattern: JSON.stringify(pattern) };
    await events.send(new PutRuleCommand({ Name: name, State: state === 'DISABLED' ? state : 'ENABLED', ...schedule }));
    if (targets.length === 0) continue;
    await events.send(new PutTargetsCommand({ Rule: name, Targets: targets.map((Arn, index) => ({ Id: `t${index}`, Arn })) }));
  }
  events.destroy();
  const cloudWatch = new CloudWatchClient(settings);
  for (const { name, metric, actionsEnabled = true, actions = [] } of alarms) {
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        MetricName: metric,
        Namespace: 'Acme/Secrets',
        ActionsEnabled: actionsEnabled,
        AlarmActions: [...actions],
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Threshold: 0,
        Period: 300,
        Statistic: 'Sum',
      }),
    );
  }
  cloudWatch.destroy();
}

async function seedTrails(settings: MotoSettings, trails: readonly TrailFixture[]): Promise<void> {
  await createBucket(settings, bucket);
  const client = new CloudTrailClient(settings);
  for (const { name, multiRegion = false, logging = true, eventSelectors } of trails) {
    await client.send(new CreateTrailCommand({ Name: name, S3BucketName: bucket, IsMultiRegionTrail: multiRegion }));
    if (logging) await client.send(new StartLoggingCommand({ Name: name }));
    if (eventSelectors !== undefined) {
      await client.send(new PutEventSelectorsCommand({ TrailName: name, EventSelectors: [...eventSelectors] }));
    }
  }
  client.destroy();
}

/** Without a client of S3, which nothing else needs: moto reads from the header which account and service are meant. */
export async function createBucket({ endpoint, credentials }: MotoSettings, name: string): Promise<void> {
  const scope = `${credentials.accessKeyId}/20260101/us-east-1/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(`${endpoint}/${name}`, { method: 'PUT', headers: { authorization } });
  if (!answer.ok && answer.status !== 409) throw new Error(`moto made no bucket: ${answer.status}`);
}
