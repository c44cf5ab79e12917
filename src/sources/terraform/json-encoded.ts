import { Unknown } from '../../model/unknown.ts';
import { BlockReference } from './block-reference.ts';

/** What `jsonencode` made, kept as data: one unknown ARN in it need not hide the rest. A class, so that no data can pass for one. */
export class JsonEncoded {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** The text, where all of it is known. */
export function encodedText({ value }: JsonEncoded): string | undefined {
  return isKnown(value) ? JSON.stringify(value) : undefined;
}

/** Whether the value holds neither Unknown nor references. */
export function isKnown(value: unknown): boolean {
  if (value instanceof Unknown || value instanceof BlockReference || value instanceof JsonEncoded) return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isKnown);
}
