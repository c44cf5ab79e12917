import { credentialBeside } from '../../resources/credential-beside.ts';
import { couldBeCredential, holdsLiteralCredential } from '../../resources/literal-credentials.ts';
import { credentialKind } from '../../resources/secret-name.ts';
import type { HclExpression } from './hcl/index.ts';
import type { ModuleFiles } from './source-tree.ts';

/** What stands at a place: a whole `credential`, or a `text` in which one may stand beside a name. */
type Holds = 'credential' | 'text';

/** Local values that lead to one another. */
const longestChain = 12;

/** What gives back its arguments, or a text of them. */
const joining: ReadonlySet<string> = new Set([
  'format',
  'join',
  'concat',
  'coalesce',
  'try',
  'sensitive',
  'nonsensitive',
  'tostring',
  'ephemeralasnull',
]);

/**
 * Whether an expression writes out a credential, anywhere in it: beside a name that says so, or joined to something else where
 * nothing but a credential belongs. Local values are followed in the files of the module.
 */
export function writesCredential(expression: HclExpression, holds: Holds, files: ModuleFiles | undefined, depth = 0): boolean {
  const inner = (part: HclExpression, takes: Holds = holds): boolean => writesCredential(part, takes, files, depth);
  switch (expression.kind) {
    case 'literal':
      // One that is all there is is told by the plan.
      return typeof expression.value === 'string' && holds === 'credential' && credentialBeside(expression.value) === 'yes';
    case 'template': {
      const text = expression.parts.map((part) => (typeof part === 'string' ? part : '${reference}')).join('');
      return holdsLiteralCredential(text) || (holds === 'credential' && credentialBeside(text) === 'yes');
    }
    case 'object':
      return expression.entries.some(({ key, value }) => {
        const name = key.kind === 'literal' && typeof key.value === 'string' ? key.value : '';
        if (value.kind === 'literal') return typeof value.value === 'string' && couldBeCredential(name, value.value);
        return inner(value, credentialKind(name) === undefined ? 'text' : 'credential');
      });
    case 'list':
      return expression.elements.some((element) => inner(element));
    case 'call':
      return expression.args.some((argument) => inner(argument, joining.has(expression.name) ? holds : 'text'));
    case 'parentheses':
      return inner(expression.inner);
    case 'conditional':
      return inner(expression.then) || inner(expression.otherwise);
    case 'attribute': {
      const { target, name } = expression;
      const local = target.kind === 'variable' && target.name === 'local' && depth < longestChain ? files?.local(name) : undefined;
      return local !== undefined && writesCredential(local.attribute.value, holds, files, depth + 1);
    }
    default:
      return false;
  }
}
