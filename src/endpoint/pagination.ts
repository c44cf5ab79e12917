import { ServiceError, validationError } from './service-error.ts';

/** The token of the `repeat-token` fault. As input it means the first page, so that a walk that trusts it never ends. */
export const repeatedToken = 'FAKE-REPEATED-TOKEN';

export interface PageRequest {
  /** Binds a token to its operation. */
  readonly operation: string;
  readonly token: unknown;
  readonly size: unknown;
  /** What AWS calls the size: MaxResults, Limit, MaxItems. */
  readonly sizeName: string;
  readonly maxSize: number;
  readonly defaultSize: number;
  /** AWS's code for a token it did not give out. */
  readonly badTokenCode: string;
  /** Give fewer than asked, every other time none, as DescribeParameters and IAM may. */
  readonly short?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/** One page of a list. Throws ServiceError for a size out of range and for a token that is not of this operation. */
export function pageOf<T>(all: readonly T[], request: PageRequest): Page<T> {
  const size = pageSize(request);
  const { offset, turn } = decodeToken(request, all.length);
  const count = request.short === true ? (turn % 2 === 0 ? 0 : Math.ceil(size / 2)) : size;
  const end = offset + count;
  const items = all.slice(offset, end);
  return end < all.length ? { items, nextToken: encodeToken(request.operation, end, turn + 1) } : { items };
}

function pageSize(request: PageRequest): number {
  if (request.size === undefined) return request.defaultSize;
  const size = Number(request.size);
  if (Number.isInteger(size) && size >= 1 && size <= request.maxSize) return size;
  const side = size < 1 ? 'greater than or equal to 1' : `less than or equal to ${request.maxSize}`;
  const member = request.sizeName.charAt(0).toLowerCase() + request.sizeName.slice(1);
  throw validationError(
    `1 validation error detected: Value '${JSON.stringify(request.size)}' at '${member}' failed to satisfy constraint: Member must have value ${side}`,
  );
}

function encodeToken(operation: string, offset: number, turn: number): string {
  return Buffer.from(`${operation} ${offset} ${turn}`).toString('base64url');
}

function decodeToken(request: PageRequest, length: number): { readonly offset: number; readonly turn: number } {
  if (request.token === undefined || request.token === '' || request.token === repeatedToken) return { offset: 0, turn: 0 };
  const text = typeof request.token === 'string' ? Buffer.from(request.token, 'base64url').toString() : '';
  const [operation, offset, turn] = text.split(' ');
  if (operation !== request.operation || !/^\d{1,9}$/.test(offset ?? '') || Number(offset) > length) {
    throw new ServiceError(request.badTokenCode, 'The token is not valid.');
  }
  return { offset: Number(offset), turn: Number(turn) };
}
