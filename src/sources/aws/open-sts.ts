import type { StsApi } from './api/sts.ts';
import { createHttpHandler } from './http-handler.ts';
import type { AwsOptions } from './options.ts';
import type { Tuning } from './tuning.ts';

/** A client of STS with the user's own credentials; without a region, the SDK chooses it. */
export async function openSts(options: AwsOptions, tuning: Tuning, region?: string): Promise<{ sts: StsApi; close: () => void }> {
  const { createStsApi } = await import('./api/sts.ts');
  const requestHandler = await createHttpHandler(tuning);
  const sts = createStsApi({
    maxAttempts: 1,
    requestHandler,
    ...(region === undefined ? {} : { region }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  });
  return {
    sts,
    close: () => {
      requestHandler.destroy();
    },
  };
}
