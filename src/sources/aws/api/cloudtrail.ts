import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type DescribeTrailsResponse,
  type GetEventSelectorsResponse,
  type GetTrailStatusResponse,
} from '@aws-sdk/client-cloudtrail';
import type { ClientConfig } from './client-config.ts';

export interface CloudTrailApi {
  /** The trails of the region, and the shadows of those of other regions and of the organisation that record here too. */
  readonly describeTrails: (abortSignal: AbortSignal) => Promise<DescribeTrailsResponse>;
  /** What a trail does in this region. Takes the ARN: a shadow is not found by its name. */
  readonly getTrailStatus: (arn: string, abortSignal: AbortSignal) => Promise<GetTrailStatusResponse>;
  /** Asks in the home region of the trail, the only one sure to answer. */
  readonly getEventSelectors: (arn: string, homeRegion: string, abortSignal: AbortSignal) => Promise<GetEventSelectorsResponse>;
}

export function createCloudTrailApi(config: ClientConfig): CloudTrailApi {
  const client = new CloudTrailClient(config);
  const clients = new Map([[config.region, client]]);
  const clientIn = (region: string): CloudTrailClient => {
    const known = clients.get(region) ?? new CloudTrailClient({ ...config, region });
    clients.set(region, known);
    return known;
  };
  return {
    describeTrails: (abortSignal) => client.send(new DescribeTrailsCommand({ includeShadowTrails: true }), { abortSignal }),
    getTrailStatus: (arn, abortSignal) => client.send(new GetTrailStatusCommand({ Name: arn }), { abortSignal }),
    getEventSelectors: (arn, homeRegion, abortSignal) =>
      clientIn(homeRegion).send(new GetEventSelectorsCommand({ TrailName: arn }), { abortSignal }),
  };
}
