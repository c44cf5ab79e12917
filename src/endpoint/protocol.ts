import type { ServiceError } from './service-error.ts';

/** Code and HTTP status of a refusal; services of different protocols word the same thing differently. */
export interface Refusal {
  readonly code: string;
  readonly status: number;
}

/** How a service puts requests and answers into HTTP bodies. */
export interface Protocol {
  readonly format: 'json' | 'xml';
  readonly contentType: string;
  /** Throws ServiceError for a body that cannot be read. */
  readonly parse: (body: string) => Readonly<Record<string, unknown>>;
  readonly success: (operation: string, answer: string, requestId: string) => string;
  readonly failure: (error: ServiceError, requestId: string) => string;
  readonly denied: Refusal;
  readonly throttled: Refusal;
  readonly expired: Refusal;
  readonly unsigned: Refusal;
  readonly regionDisabled: Refusal;
  readonly unknownOperation: Refusal;
}
