/** An IAM or resource policy: an object, or its text when the text itself matters. */
export type PolicyDocument = string | Readonly<Record<string, unknown>>;

/** The text of a document: as it stands, or as compact JSON. */
export function policyText(document: PolicyDocument): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
