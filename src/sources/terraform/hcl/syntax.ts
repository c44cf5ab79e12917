/**
 * What a file of HCL says, as plain data with the place of every part. Source of the rules: the HCL native syntax
 * specification and the parser of hashicorp/hcl 2, whose readings of odd cases are kept.
 */

/** Offsets into the text in UTF-16 units, as a JavaScript string counts them; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What could be read of one file, and where it could not. */
export interface HclFile {
  readonly body: HclBody;
  /** In the order of the text. */
  readonly comments: readonly HclComment[];
  /**
   * Where the structure is broken; reading went on after it, so that what follows may be misread. At most
   * `maxProblems`. What is wrong inside one expression is not here: that part is `opaque` and says why.
   */
  readonly problems: readonly HclProblem[];
}

/** A comment with its marks (`#`, `//`, `/*`), without the end of the line. Of the JSON form: the value of a property `//`. */
export interface HclComment {
  readonly text: string;
  readonly span: Span;
}

export interface HclProblem {
  readonly message: string;
  /** Offset into the text. */
  readonly at: number;
}

/** A file with more is not HCL; the rest would only cost memory. */
export const maxProblems = 100;

/** The content of a file or of a block, in the order of the text. Duplicates are all kept; Terraform refuses them. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
  /** What stands between the braces, or the whole text. */
  readonly span: Span;
}

export interface HclAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  /**
   * Read on first access in the native syntax: most attributes of a file are never looked at. It stands on the prototype
   * there, so that `{ ...attribute }` is without it.
   */
  readonly value: HclExpression;
  /** From the name to the end of the value, comments after it left out. */
  readonly span: Span;
}

export interface HclBlock {
  readonly type: string;
  /** Bare and quoted labels alike, escapes resolved. */
  readonly labels: readonly string[];
  readonly body: HclBody;
  /** From the type to the opening brace, with it. In the JSON form from the innermost name to the brace. */
  readonly header: Span;
  /** The whole block with its closing brace; to the end of the text where that is missing. */
  readonly span: Span;
}

/**
 * A tree never deeper than `maxDepth`, so that a function may recurse over it; deeper parts are opaque. In the JSON form
 * the expressions in strings come on top of as many objects and lists.
 */
export type HclExpression =
  | HclLiteral
  | HclTemplate
  | HclObject
  | HclList
  | HclVariable
  | HclGetAttribute
  | HclIndex
  | HclSplat
  | HclSplatItem
  | HclCall
  | HclUnary
  | HclBinary
  | HclConditional
  | HclFor
  | HclParentheses
  | HclOpaque;

/** Nodes from the root of an expression to its deepest leaf, and blocks inside each other. */
export const maxDepth = 200;

/** Strings include quoted ones and heredocs without a `${`. A number is the nearest double; its digits stand in the text. */
export interface HclLiteral {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  readonly span: Span;
}

/**
 * A string with `${…}` or `%{…}`. Strings among the parts are text with escapes, indentation and `~` resolved, never
 * two in a row. One lone part that is no string means that value itself, not its text: `"${var.list}"` is a list.
 * A directive (`%{if …}`, `%{endfor}`) is an opaque part, so the text of such a template is never known.
 */
export interface HclTemplate {
  readonly kind: 'template';
  readonly parts: readonly (string | HclExpression)[];
  readonly span: Span;
}

export interface HclObject {
  readonly kind: 'object';
  readonly entries: readonly HclEntry[];
  readonly span: Span;
}

export interface HclEntry {
  /** A bare name is a literal string. An opaque key may be any. */
  readonly key: HclExpression;
  readonly value: HclExpression;
  readonly span: Span;
}

export interface HclList {
  readonly kind: 'list';
  readonly elements: readonly HclExpression[];
  readonly span: Span;
}

/** A root such as `var`, `local`, `each` or a resource type; also the variable of a `for` around it. */
export interface HclVariable {
  readonly kind: 'variable';
  readonly name: string;
  readonly span: Span;
}

/** `target.name` */
export interface HclGetAttribute {
  readonly kind: 'attribute';
  readonly target: HclExpression;
  readonly name: string;
  readonly span: Span;
}

/** `target[index]`, and the old `target.0`. */
export interface HclIndex {
  readonly kind: 'index';
  readonly target: HclExpression;
  readonly index: HclExpression;
  readonly span: Span;
}

/**
 * `target[*].a[0]` or the old `target.*.a`: `each` for every element, which is the `item` at its root. Null makes an
 * empty list, another value that is no list a list of one. An `item` belongs to the nearest splat whose `each` holds it.
 */
export interface HclSplat {
  readonly kind: 'splat';
  readonly target: HclExpression;
  readonly each: HclExpression;
  readonly span: Span;
}

/** The element that a splat is at. Its span is the mark, `[*]` or `.*`. */
export interface HclSplatItem {
  readonly kind: 'item';
  readonly span: Span;
}

export interface HclCall {
  readonly kind: 'call';
  /** With its namespaces: `provider::aws::arn_parse`. */
  readonly name: string;
  readonly args: readonly HclExpression[];
  /** Whether `...` follows the last argument, whose elements then are the arguments. */
  readonly expand: boolean;
  readonly span: Span;
}

export interface HclUnary {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: HclExpression;
  readonly span: Span;
}

export type HclBinaryOperator = '||' | '&&' | '==' | '!=' | '>' | '>=' | '<' | '<=' | '+' | '-' | '*' | '/' | '%';

export interface HclBinary {
  readonly kind: 'binary';
  readonly operator: HclBinaryOperator;
  readonly left: HclExpression;
  readonly right: HclExpression;
  readonly span: Span;
}

export interface HclConditional {
  readonly kind: 'conditional';
  readonly test: HclExpression;
  readonly then: HclExpression;
  readonly otherwise: HclExpression;
  readonly span: Span;
}

/** `[for keyVar, valueVar in collection : value if condition]`; with a `key` it makes an object. */
export interface HclFor {
  readonly kind: 'for';
  readonly keyVar?: string;
  readonly valueVar: string;
  readonly collection: HclExpression;
  /** Absent for a list. */
  readonly key?: HclExpression;
  readonly value: HclExpression;
  readonly condition?: HclExpression;
  /** Whether `...` follows the value: the values of one key are gathered in a list. */
  readonly grouped: boolean;
  readonly span: Span;
}

export interface HclParentheses {
  readonly kind: 'parentheses';
  readonly inner: HclExpression;
  readonly span: Span;
}

/** What could not be understood. It may stand for any value and refer to anything. */
export interface HclOpaque {
  readonly kind: 'opaque';
  /** For people: what was expected, or a limit that was reached. */
  readonly reason: string;
  readonly span: Span;
}
