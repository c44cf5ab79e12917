import type { HclBody, HclExpression, Span } from '../../../../src/sources/terraform/hcl/index.ts';

/** The expressions right inside one, in the order of the text. */
export function children(expression: HclExpression): readonly HclExpression[] {
  switch (expression.kind) {
    case 'literal':
    case 'variable':
    case 'item':
    case 'opaque':
      return [];
    case 'template':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'object':
      return expression.entries.flatMap(({ key, value }) => (key === value ? [value] : [key, value]));
    case 'list':
      return expression.elements;
    case 'attribute':
      return [expression.target];
    case 'index':
      return [expression.target, expression.index];
    case 'splat':
      return [expression.target, expression.each];
    case 'call':
      return expression.args;
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'for': {
      const { collection, key, value, condition } = expression;
      return [collection, key, value, condition].filter((part) => part !== undefined);
    }
    case 'parentheses':
      return [expression.inner];
  }
}

/** All expressions of a body, those inside others too, whatever their depth. */
export function* expressionsOf(body: HclBody): Generator<HclExpression> {
  for (const attribute of body.attributes) yield* withInner(attribute.value);
  for (const block of body.blocks) yield* expressionsOf(block.body);
}

export function* withInner(expression: HclExpression): Generator<HclExpression> {
  yield expression;
  for (const child of children(expression)) yield* withInner(child);
}

/** What is wrong with the places in a body that should lie within `outer`. */
export function misplaced(body: HclBody, outer: Span): readonly string[] {
  const wrong: string[] = [];
  const check = (what: string, inner: Span, around: Span): void => {
    if (!(around.start <= inner.start && inner.start <= inner.end && inner.end <= around.end)) {
      wrong.push(`${what} ${inner.start}-${inner.end} is not within ${around.start}-${around.end}`);
    }
  };
  const inOrder = (what: string, spans: readonly Span[]): void => {
    for (const [index, span] of spans.entries()) {
      const next = spans[index + 1];
      if (next && span.end > next.start) wrong.push(`${what} ${span.start}-${span.end} reaches into ${next.start}-${next.end}`);
    }
  };
  const checkExpression = (expression: HclExpression): void => {
    const inner = children(expression);
    for (const child of inner) {
      check(`${child.kind} of ${expression.kind}`, child.span, expression.span);
      checkExpression(child);
    }
    inOrder(
      expression.kind,
      inner.map(({ span }) => span),
    );
    if (expression.kind === 'object') {
      for (const { key, value, span } of expression.entries) {
        check('entry', span, expression.span);
        check('key', key.span, span);
        check('value', value.span, span);
      }
    }
  };
  check('body', body.span, outer);
  for (const { nameSpan, value, span } of body.attributes) {
    check('attribute', span, body.span);
    check('name', nameSpan, span);
    check('value', value.span, span);
    checkExpression(value);
  }
  for (const block of body.blocks) {
    check('block', block.span, body.span);
    check('header', block.header, block.span);
    wrong.push(...misplaced(block.body, block.span));
  }
  inOrder(
    'item',
    [...body.attributes, ...body.blocks].map(({ span }) => span).sort((a, b) => a.start - b.start),
  );
  return wrong;
}
