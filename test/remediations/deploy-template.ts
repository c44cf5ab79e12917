import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  type EventSelector,
} from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand, type Target } from '@aws-sdk/client-eventbridge';
import { Evaluator } from '../../src/sources/cloudformation/evaluator.ts';
import { openWorld } from '../../src/sources/cloudformation/open-world.ts';
import { parseFile } from '../../src/sources/cloudformation/parse-template.ts';
import { openTemplate } from '../../src/sources/cloudformation/template.ts';
import type { MotoSettings } from '../moto/seed/moto-clients.ts';

/** Makes the resources of a template one by one, as CloudFormation would: the one of moto knows no trails. */
export async function deployTemplate(settings: MotoSettings, account: string, stack: string, text: string): Promise<void> {
  const file = `${stack}.yaml`;
  const { region } = settings;
  const template = openTemplate(parseFile(text, file), { file, parameters: new Map(), account, region, partition: 'aws' });
  const { world } = openWorld(template);
  const evaluator = new Evaluator(world);
  for (const { id, type, body } of world.resources.values()) {
    const deploy = deployers.get(type);
    if (deploy === undefined) throw new Error(`the test cannot deploy ${type}`);
    await deploy(settings, `${stack}-${id}`, evaluator.evaluate(body['Properties']) as Properties);
  }
}

interface Properties {
  readonly IsLogging?: boolean;
  readonly IsMultiRegionTrail?: boolean;
  readonly EnableLogFileValidation?: boolean;
  readonly S3BucketName?: string;
  readonly EventSelectors?: EventSelector[];
  readonly State?: 'ENABLED' | 'DISABLED';
  readonly EventPattern?: object;
  readonly Targets?: Target[];
}

type Deploy = (settings: MotoSettings, name: string, properties: Properties) => Promise<void>;

const deployers: ReadonlyMap<string, Deploy> = new Map<string, Deploy>([
  ['AWS::CloudTrail::Trail', deployTrail],
  ['AWS::Events::Rule', deployRule],
]);

async function deployTrail(settings: MotoSettings, Name: string, { IsLogging, ...properties }: Properties): Promise<void> {
  const { S3BucketName, EventSelectors, IsMultiRegionTrail, EnableLogFileValidation } = properties;
  const client = new CloudTrailClient(settings);
  await client.send(new CreateTrailCommand({ Name, S3BucketName, IsMultiRegionTrail, EnableLogFileValidation }));
  if (IsLogging === true) await client.send(new StartLoggingCommand({ Name }));
  if (EventSelectors !== undefined) await client.send(new PutEventSelectorsCommand({ TrailName: Name, EventSelectors }));
  client.destroy();
}

async function deployRule(settings: MotoSettings, Name: string, { State, EventPattern, Targets }: Properties): Promise<void> {
  const client = new EventBridgeClient(settings);
  await client.send(new PutRuleCommand({ Name, State: State ?? 'ENABLED', EventPattern: JSON.stringify(EventPattern) }));
  if (Targets !== undefined) await client.send(new PutTargetsCommand({ Rule: Name, Targets }));
  client.destroy();
}
