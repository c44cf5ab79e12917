import type { Failure } from './failures.ts';

/** What the reader of a gap can do about it. */
export function hintFor(
  failure: Failure,
  place: { readonly account?: string; readonly region?: string; readonly caller?: string | undefined } = {},
): string {
  switch (failure.kind) {
    case 'denied':
      if (failure.operation === 'sts:AssumeRole') return 'Let the trust policy of the role name the caller, and check the external id.';
      return `Grant ${failure.operation} to ${place.caller ?? 'the caller'}; \`sealcheck permissions\` prints the whole policy.`;
    case 'expired':
      return 'Renew the credentials and run again.';
    case 'unrecognized':
      return place.region === undefined || place.region === 'global'
        ? 'Check the credentials: AWS does not know them.'
        : `The region ${place.region} is probably not enabled for the account${place.account === undefined ? '' : ` ${place.account}`}: enable it, or leave it out of --region.`;
    case 'credentials':
      return 'Sign in again, or name another profile with --profile; `aws sts get-caller-identity` shows what the SDK finds.';
    case 'throttled':
      return 'Other work in the account uses up the quota of this call; run again at a quieter time.';
    case 'timeout':
      return 'Check the network and any proxy in between, and run again.';
    case 'malformed':
      return 'Something in between (a proxy, another endpoint) may have answered for AWS; check AWS_ENDPOINT_URL, and run again.';
    case 'unreachable':
      return 'Check the network, the name of the region, and AWS_ENDPOINT_URL.';
    case 'server':
    case 'refused':
      return 'Run again; if it stays, look the error code up in the API reference of the service.';
    case 'interrupted':
      return 'The run was interrupted; let it run to the end.';
    default:
      return failure.kind satisfies never;
  }
}
