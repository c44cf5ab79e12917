/** Our own reader of Terraform's language: fast, with exact places, and content with broken files. */
export { parseHcl } from './body.ts';
export { parseHclJson } from './json.ts';
export { parseExpression } from './expression.ts';
export { maxDepth, maxProblems } from './syntax.ts';
export type {
  HclAttribute,
  HclBinary,
  HclBinaryOperator,
  HclBlock,
  HclBody,
  HclCall,
  HclComment,
  HclConditional,
  HclEntry,
  HclExpression,
  HclFile,
  HclFor,
  HclGetAttribute,
  HclIndex,
  HclList,
  HclLiteral,
  HclObject,
  HclOpaque,
  HclParentheses,
  HclProblem,
  HclSplat,
  HclSplatItem,
  HclTemplate,
  HclUnary,
  HclVariable,
  Span,
} from './syntax.ts';
