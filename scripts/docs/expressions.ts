import { celFunctions } from '../../src/expressions/functions/index.ts';
import type { CelFunction } from '../../src/expressions/functions/cel-function.ts';
import { typeName, type ExpressionType } from '../../src/expressions/expression-type.ts';
import type { Conformance } from '../../test/conformance/cel-spec.ts';

/** docs/expressions.md with its generated parts renewed: what stands between the markers of a part. */
export function renderExpressions(page: string, conformance: Conformance): string {
  const parts = { functions: functionTable(), conformance: conformanceText(conformance) };
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [open, close] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
    const [start, end] = [text.indexOf(open), text.indexOf(close)];
    if (start < 0 || end < start) throw new Error(`docs/expressions.md has no place for ${name}`);
    return `${text.slice(0, start + open.length)}\n\n${part}\n\n${text.slice(end)}`;
  }, page);
}

function functionTable(): string {
  const rows = celFunctions.map((fn) => {
    const examples = fn.examples.map(({ expression, result }) => `${code(expression)} is ${code(JSON.stringify(result))}`);
    return `| ${code(signature(fn))} | ${[fn.doc, ...examples].join('<br>')} |`;
  });
  return ['| function | meaning |', '|---|---|', ...rows].join('\n');
}

function signature({ name, form, params, returns }: CelFunction): string {
  const [receiver, ...rest] = params.map(paramName);
  if (form !== 'method') return `${name}(${[receiver, ...rest].filter((param) => param !== undefined).join(', ')}) → ${typeName(returns)}`;
  return `${receiver}.${name.slice(name.indexOf('.') + 1)}(${rest.join(', ')}) → ${typeName(returns)}`;
}

function paramName(param: ExpressionType | 'any'): string {
  if (param === 'any') return 'any';
  // size() takes lists and maps of anything.
  return param.kind === 'list' || param.kind === 'map' ? param.kind : typeName(param);
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function conformanceText({ total, supported, passed, erred, wrong, unsupported }: Conformance): string {
  const features = [...unsupported].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return [
    '| | cases |',
    '|---|---|',
    `| in the specification's data | ${total} |`,
    `| of the part that we take | ${supported} |`,
    `| passed | ${passed} |`,
    `| an error where there should be an answer | ${erred.length} |`,
    `| another answer, all of them listed below | ${wrong.length} |`,
    '',
    'The others need:',
    '',
    '| feature | cases |',
    '|---|---|',
    ...features.map(([feature, count]) => `| ${feature.replaceAll('|', '\\|')} | ${count} |`),
  ].join('\n');
}
