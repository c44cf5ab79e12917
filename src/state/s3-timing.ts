import { setTimeout as delay } from 'node:timers/promises';

/** What has to do with time and chance in calls to S3; tests inject what makes them run in milliseconds. */
export interface S3Timing {
  /** Longest wait for a TCP connection, in milliseconds. */
  readonly connectionTimeoutMs: number;
  /** Longest silence on a connection, in milliseconds. */
  readonly idleTimeoutMs: number;
  /** Longest time of one attempt as a whole, in milliseconds: an object of a large organisation goes up a slow line. */
  readonly attemptTimeoutMs: number;
  /** How often a call is made before it counts as failed. */
  readonly attempts: number;
  /** Full jitter: the wait before attempt n is a random part of min(cap, base * 2^(n-1)). */
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export const defaultS3Timing: S3Timing = {
  connectionTimeoutMs: 3_000,
  idleTimeoutMs: 15_000,
  attemptTimeoutMs: 120_000,
  attempts: 4,
  backoffBaseMs: 300,
  backoffCapMs: 5_000,
  sleep: async (milliseconds) => {
    await delay(milliseconds);
  },
  random: () => Math.random(),
};
