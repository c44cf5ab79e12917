/** Where resources come from. A snapshot restores the source it was made of, so it is not one of these. */
export const sourceNames = ['aws', 'terraform', 'cloudformation'] as const;
export type SourceName = (typeof sourceNames)[number];
