/** An answer that AWS would give as an error: its code, HTTP status and message. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.status = status;
  }
}

/** The error for input out of its bounds, as most services call it. */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
