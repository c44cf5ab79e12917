/** Bytes that a value of the Standard tier may have; the Advanced tier takes twice as many. */
const mostBytes = 4096;

/**
 * Whether the Standard tier of Parameter Store takes the value.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
 */
export function fitsStandardTier(value: string): boolean {
  return new TextEncoder().encode(value).length <= mostBytes;
}
