import type { HclExpression } from '../../../../src/sources/terraform/hcl/index.ts';

/** An expression with every grouping in brackets of its own, so that a table of tests shows how it was read. */
export function showExpression(expression: HclExpression): string {
  const show = showExpression;
  const all = (expressions: readonly HclExpression[]): string => expressions.map(show).join(', ');
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'template':
      return `\`${expression.parts.map((part) => (typeof part === 'string' ? part : `\${${show(part)}}`)).join('')}\``;
    case 'object':
      return `{${expression.entries.map(({ key, value }) => `${show(key)}: ${show(value)}`).join(', ')}}`;
    case 'list':
      return `[${all(expression.elements)}]`;
    case 'variable':
      return expression.name;
    case 'attribute':
      return `${show(expression.target)}.${expression.name}`;
    case 'index':
      return `${show(expression.target)}[${show(expression.index)}]`;
    case 'splat':
      return `${show(expression.target)}<each ${show(expression.each)}>`;
    case 'item':
      return '@';
    case 'call':
      return `${expression.name}(${all(expression.args)}${expression.expand ? '...' : ''})`;
    case 'unary':
      return `(${expression.operator}${show(expression.operand)})`;
    case 'binary':
      return `(${show(expression.left)} ${expression.operator} ${show(expression.right)})`;
    case 'conditional':
      return `(${show(expression.test)} ? ${show(expression.then)} : ${show(expression.otherwise)})`;
    case 'for': {
      const names = expression.keyVar === undefined ? expression.valueVar : `${expression.keyVar}, ${expression.valueVar}`;
      const key = expression.key ? `${show(expression.key)} => ` : '';
      const condition = expression.condition ? ` if ${show(expression.condition)}` : '';
      return `for<${names} in ${show(expression.collection)}: ${key}${show(expression.value)}${expression.grouped ? '...' : ''}${condition}>`;
    }
    case 'parentheses':
      return `(${show(expression.inner)})`;
    case 'opaque':
      return `?${expression.reason}?`;
  }
}
