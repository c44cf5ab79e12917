/**
 * Our own reader of Terraform's language: fast, with exact places, and content with broken files. The kinds of
 * expressions one by one are in syntax.ts.
 */
export { parseHcl } from './body.ts';
export { parseHclJson } from './json.ts';
export { parseExpression } from './expression.ts';
export { maxDepth } from './syntax.ts';
export type { HclAttribute, HclBlock, HclBody, HclEntry, HclExpression, HclFile, Span } from './syntax.ts';
