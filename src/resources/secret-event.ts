/** What happens to a secret and somebody should hear of, by the name that CloudTrail gives it. */
export const secretEvents = ['RotationFailed', 'DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy'] as const;
export type SecretEvent = (typeof secretEvents)[number];

/**
 * A field of an event as EventBridge delivers it: a value that all such events have, `null` for one that none has, or
 * undefined for one that differs from event to event.
 */
export type EventField = string | boolean | null | EventObject | undefined;
export interface EventObject {
  readonly [field: string]: EventField;
}

/**
 * What is the same in every event of a name in an account and region
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html). A failed rotation is an
 * event of the service; the others are calls, of which those that succeed matter here.
 */
export function describeEvent(event: SecretEvent, place: { readonly account: string; readonly region: string }): EventObject {
  const { account, region } = place;
  const called = event !== 'RotationFailed';
  return {
    source: 'aws.secretsmanager',
    'detail-type': called ? 'AWS API Call via CloudTrail' : 'AWS Service Event via CloudTrail',
    account,
    region,
    detail: {
      eventSource: 'secretsmanager.amazonaws.com',
      eventName: event,
      eventType: called ? 'AwsApiCall' : 'AwsServiceEvent',
      eventCategory: 'Management',
      managementEvent: true,
      awsRegion: region,
      recipientAccountId: account,
      ...(called ? { readOnly: false, errorCode: null, errorMessage: null } : {}),
    },
  };
}
