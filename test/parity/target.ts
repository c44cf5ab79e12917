/** Where the plan and the template are going to be deployed, and where the account is. */
export const account = '123456789012';
export const region = 'us-east-1';

export const day = 86_400_000;

/** The clock of every reading and judgement here. */
export const now: number = Date.UTC(2026, 10, 20, 12);
