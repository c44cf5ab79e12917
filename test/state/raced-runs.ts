/** How many runs each process of a race tries to keep: enough that they meet at some of them. */
export const racedRuns = 60;
