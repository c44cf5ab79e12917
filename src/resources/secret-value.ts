export interface ValueVerdict {
  readonly looksSecret: boolean;
  readonly kind?: string;
}

export type ValueClassifier = (value: string) => Promise<ValueVerdict>;

export async function createValueClassifier(): Promise<ValueClassifier> {
  throw new Error('not written yet');
}
