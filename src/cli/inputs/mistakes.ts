import { UserError } from '../../model/errors.ts';
import { isPlainObject } from '../../resources/decode.ts';
import type { InputKind, OpenInput } from './input.ts';

const makePlan = 'terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json';

/** A kind that is recognised only to say what to give instead. */
function mistake(name: string, recognise: (input: OpenInput) => boolean, what: string, hint: string): InputKind {
  return {
    name,
    recognise,
    read: ({ shown }) => Promise.reject(new UserError('input-unsupported', `${shown} is ${what}`, { hint })),
  };
}

const json = ({ content }: OpenInput): { readonly [key: string]: unknown } | undefined =>
  content.kind === 'text' && isPlainObject(content.json) ? content.json : undefined;

/** A block of Terraform at the beginning of a line: `resource "aws_kms_key" "k" {`. */
const hclBlock =
  /^[ \t]*(resource|data|module|variable|output|provider|locals|terraform|moved|import|removed|check|ephemeral)([ \t]+"[^"\n]*"){0,2}[ \t]*\{/m;

/** What people give by mistake, and what they mean. */
export const mistakenInputs: readonly InputKind[] = [
  mistake(
    'folder of Terraform files',
    ({ content }) => content.kind === 'folder' && [...content.names].some((name) => /\.(tf|tofu)(\.json)?$/.test(name)),
    'a folder of Terraform files, not a plan',
    `make a plan of it and scan that: ${makePlan}`,
  ),
  mistake(
    'folder',
    ({ content }) => content.kind === 'folder',
    'a folder',
    'name a plan, a template, a saved account, or the folder cdk.out',
  ),
  mistake(
    'binary plan',
    ({ content }) => content.kind === 'bytes' && content.bytes[0] === 0x50,
    'a binary plan',
    'show it as JSON: terraform show -json plan.bin > plan.json',
  ),
  mistake(
    'text in UTF-16',
    ({ content }) => content.kind === 'bytes',
    'a text in UTF-16, which is what PowerShell writes with >',
    'write it as UTF-8: terraform show -json plan.bin | Out-File -Encoding utf8 plan.json',
  ),
  mistake(
    'result',
    (input) => Array.isArray(json(input)?.['findings']),
    'a result of sealcheck, not an input',
    'give it as --baseline to compare with',
  ),
  mistake(
    'Terraform state',
    (input) => {
      const object = json(input);
      return object !== undefined && ('terraform_version' in object || 'lineage' in object);
    },
    'a Terraform state, not a plan',
    `make a plan, which shows the state too: ${makePlan}`,
  ),
  mistake(
    'Terraform file',
    (input) => {
      const { content } = input;
      return (
        isPlainObject(json(input)?.['resource']) || (content.kind === 'text' && content.json === undefined && hclBlock.test(content.text))
      );
    },
    'a Terraform file, not a plan',
    `make a plan of its folder and scan that: ${makePlan}`,
  ),
  mistake('SARIF', (input) => Array.isArray(json(input)?.['runs']), 'a SARIF log', 'name a plan, a template or a saved account'),
  mistake('empty file', ({ content }) => content.kind === 'text' && content.text.trim() === '', 'empty', `was it written? ${makePlan}`),
  mistake(
    'JSON',
    ({ content }) => content.kind === 'text' && content.json !== undefined,
    'JSON, but no input that sealcheck knows',
    'name a plan, a template or a saved account',
  ),
  mistake(
    'broken JSON',
    ({ content }) => content.kind === 'text' && /^\s*[[{]/.test(content.text),
    'JSON that is cut off or broken',
    `write it again: ${makePlan}`,
  ),
  mistake(
    'text',
    () => true,
    'neither JSON nor a template',
    `name a plan (${makePlan}), a CloudFormation template, the folder cdk.out, or an account saved with sealcheck collect`,
  ),
];
