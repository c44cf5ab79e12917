import { partsOf } from '../../src/expressions/reads.ts';
import type { BinaryOperator, Expression } from '../../src/model/expression.ts';

/** One small change of a condition, which turns its meaning. */
export interface ExpressionMutant {
  /** The whole condition, changed. */
  readonly expression: Expression;
  /** Offset of the changed part in the text of the condition. */
  readonly start: number;
  /** The changed part as it was and as it would be, in the words of the policy. */
  readonly original: string;
  readonly mutated: string;
  /** The text of the whole condition, changed. */
  readonly text: string;
}

interface Change {
  readonly expression: Expression;
  readonly mutated: string;
}

/**
 * Every mutant of a condition: comparisons turned and moved over their edge, numbers one more and one less, texts with a letter more, `&&` and `||` exchanged and
 * each of their sides left out, negations dropped, truth values (literals, attributes, has(), calls) turned, quantifiers exchanged, and
 * elements of lists left out. `truth`: whether the condition as a whole is true or false, which only its place can say.
 */
export function mutantsOf(root: Expression, text: string, truth: boolean): readonly ExpressionMutant[] {
  const found: ExpressionMutant[] = [];
  const visit = (expression: Expression, isTruth: boolean, replace: (by: Expression) => Expression): void => {
    const [start, end] = rangeOf(expression, text);
    for (const { expression: by, mutated } of changesOf(expression, text, isTruth)) {
      const changed = `${text.slice(0, start)}(${mutated})${text.slice(end)}`;
      found.push({ expression: replace(by), start, original: text.slice(start, end), mutated, text: changed });
    }
    for (const part of partsOf(expression)) {
      visit(part, isTruthIn(expression, part, isTruth), (by) => replace(exchange(expression, part, by)));
    }
  };
  visit(root, truth, (by) => by);
  return found;
}

/** Whether a part stands where only true or false can stand. */
function isTruthIn(whole: Expression, part: Expression, truth: boolean): boolean {
  switch (whole.op) {
    case 'and':
    case 'or':
      return true;
    case 'not':
      // To turn what is negated is to drop the negation, which is a mutant of its own.
      return part.op === 'and' || part.op === 'or';
    case 'conditional':
      return part === whole.test || truth;
    case 'comprehension':
      return (part === whole.body && whole.kind !== 'map') || part === whole.filter;
    default:
      return false;
  }
}

const turned: { readonly [op in BinaryOperator]?: readonly BinaryOperator[] } = {
  '==': ['!='],
  '!=': ['=='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
};

function changesOf(expression: Expression, text: string, truth: boolean): readonly Change[] {
  const original = textOf(expression, text);
  switch (expression.op) {
    case 'literal':
      return otherLiterals(expression.value).map((value) => ({
        expression: { ...expression, value },
        mutated: typeof value === 'string' ? original.replace(/(?=['"]+$)/, '~') : String(value),
      }));
    case 'not':
      return [{ expression: expression.operand, mutated: textOf(expression.operand, text) }];
    case 'and':
    case 'or': {
      const op = expression.op === 'and' ? 'or' : 'and';
      const sign = { and: '&&', or: '||' };
      return [
        { expression: { ...expression, op }, mutated: between(expression, text, sign[expression.op], sign[op]) },
        { expression: expression.left, mutated: textOf(expression.left, text) },
        { expression: expression.right, mutated: textOf(expression.right, text) },
      ];
    }
    case 'in':
      return [{ expression: negated(expression), mutated: `!(${original})` }];
    case 'list':
      return expression.elements.map((element) => {
        const elements = expression.elements.filter((other) => other !== element);
        return { expression: { ...expression, elements }, mutated: `[${elements.map((other) => textOf(other, text)).join(', ')}]` };
      });
    case 'comprehension': {
      const own: Change[] = [];
      const { kind } = expression;
      if (kind === 'exists' || kind === 'all') {
        const other = kind === 'exists' ? 'all' : 'exists';
        const head = textOf(expression.range, text);
        own.push({
          expression: { ...expression, kind: other },
          mutated: head + original.slice(head.length).replace(`.${kind}(`, `.${other}(`),
        });
      } else if (kind === 'filter') own.push({ expression: expression.range, mutated: textOf(expression.range, text) });
      return own;
    }
    case 'has':
    case 'call':
    case 'select':
    case 'index':
    case 'variable':
      return truth ? [{ expression: negated(expression), mutated: `!${original}` }] : [];
    case 'negate':
    case 'conditional':
    case '+':
    case '-':
    case '*':
      return [];
    default:
      return (turned[expression.op] ?? []).map((op) => ({
        expression: { ...expression, op },
        mutated: between(expression, text, expression.op, op),
      }));
  }
}

function otherLiterals(value: string | number | boolean): readonly (string | number | boolean)[] {
  if (typeof value === 'number') return [value - 1, value + 1];
  return [typeof value === 'boolean' ? !value : `${value}~`];
}

function negated(operand: Expression): Expression {
  return { op: 'not', operand, start: operand.start, end: operand.end };
}

function textOf(expression: Expression, text: string): string {
  return text.slice(...rangeOf(expression, text));
}

/** Where the expression stands, with the brackets of its first and last part: the parser leaves out those at its edges. */
function rangeOf({ start, end }: Expression, text: string): readonly [number, number] {
  const words = text.slice(start, end).replace(/'[^']*'|"[^"]*"/g, '');
  let [missing, lowest] = [0, 0];
  for (const letter of words) {
    if (letter === '(') missing += 1;
    else if (letter === ')') missing -= 1;
    lowest = Math.min(lowest, missing);
  }
  let [from, to] = [start, end];
  for (let opening = -lowest; opening > 0; opening -= 1) from = text.lastIndexOf('(', from - 1);
  for (let closing = missing - lowest; closing > 0; closing -= 1) to = text.indexOf(')', to) + 1;
  return [from, to];
}

/** The text of two sides with another operator between them. */
function between(
  expression: Expression & { readonly left: Expression; readonly right: Expression },
  text: string,
  from: string,
  to: string,
): string {
  const [start, end] = rangeOf(expression, text);
  const [, gap] = rangeOf(expression.left, text);
  return text.slice(start, gap) + text.slice(gap, end).replace(from, to);
}

/** A copy of an expression in which one of its direct parts is another. */
function exchange(whole: Expression, part: Expression, by: Expression): Expression {
  const copied = Object.entries(whole).map(([key, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [key, value.map((element: unknown) => (element === part ? by : element))];
    return [key, value === part ? by : value];
  });
  return Object.fromEntries(copied) as Expression;
}
