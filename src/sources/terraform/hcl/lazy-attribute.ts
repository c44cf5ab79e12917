import { parseExpression } from './expression.ts';
import type { HclAttribute, HclExpression, Span } from './syntax.ts';

/** An attribute with what its value is read from. */
interface LazyAttribute extends HclAttribute {
  text: string;
  start: number;
  read: HclExpression | undefined;
}

/** Shared by all: a getter in each object of its own takes thirty times as long to make, half of the time for a file. */
const lazyValue = {
  get value(): HclExpression {
    const attribute = this as unknown as LazyAttribute;
    return (attribute.read ??= parseExpression(attribute.text, attribute.start, attribute.span.end));
  },
};

/** The attribute whose value begins at `start` and ends at `end`, and is read when first looked at. */
export function lazyAttribute(text: string, nameSpan: Span, start: number, end: number): HclAttribute {
  const attribute = Object.create(lazyValue) as { -readonly [Key in Exclude<keyof LazyAttribute, 'value'>]: LazyAttribute[Key] };
  attribute.name = text.slice(nameSpan.start, nameSpan.end);
  attribute.nameSpan = nameSpan;
  attribute.span = { start: nameSpan.start, end };
  attribute.text = text;
  attribute.start = start;
  attribute.read = undefined;
  return attribute as LazyAttribute;
}
