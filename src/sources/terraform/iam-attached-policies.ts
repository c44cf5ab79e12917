import type { Attachment } from '../../iac/iam-principal.ts';
import type { PolicyPart } from '../../iac/policy-part.ts';
import { Unknown } from '../../model/unknown.ts';
import { BlockReference, referenceText } from './block-reference.ts';
import { planned, type Block, type Path } from './block.ts';
import { documentAt } from './documents.ts';
import { isObject, listOf, own, textOf } from './json.ts';
import { linkAt, listAt, locateAt, valueAt, type Link, type PlanReader } from './plan-reader.ts';

/** The deprecated `inline_policy` blocks of a role. After apply the provider repeats there what separate blocks add: those are left out. */
export function inlineBlocks(reader: PlanReader, block: Block, separate: readonly Block[]): readonly PolicyPart[] {
  const written = own(own(block.config, 'expressions'), 'inline_policy') !== undefined;
  const repeated = new Set(written ? [] : separate.map(nameIn));
  const listed = listAt(reader, block, ['inline_policy']) ?? [];
  if (listed instanceof Unknown) return [{ document: listed, locate: () => locateAt(reader, block, ['inline_policy']) }];
  return listed.flatMap((element, index): readonly PolicyPart[] => {
    if (element instanceof Unknown) return [{ document: element, locate: () => locateAt(reader, block, ['inline_policy', index]) }];
    const part = documentAt(reader, block, ['inline_policy', index, 'policy']);
    const name = isObject(element) ? textOf(own(element, 'name')) : undefined;
    return part === undefined || (name !== undefined && repeated.has(name))
      ? []
      : [{ ...part, ...(name === undefined ? {} : { policyName: name }) }];
  });
}

/** The policy of an inline policy's own block; none where it says none. */
export function inlinePart(reader: PlanReader, policy: Block): readonly PolicyPart[] {
  const part = documentAt(reader, policy, ['policy']);
  const name = nameIn(policy);
  return part === undefined ? [] : [{ ...part, ...(name === undefined ? {} : { policyName: name }) }];
}

/** What the `managed_policy_arns` of a role attach. */
export function managedArns(reader: PlanReader, block: Block): readonly Attachment[] {
  // Where the code leaves it out, the provider shows what other blocks attach.
  if (own(own(block.config, 'expressions'), 'managed_policy_arns') === undefined) return [];
  const value = valueAt(reader, block, ['managed_policy_arns']);
  const locate = (): ReturnType<Attachment['locate']> => locateAt(reader, block, ['managed_policy_arns']);
  if (value instanceof Unknown) return [{ arn: value, locate }];
  return listOf(value).map((element): Attachment => attached(reader, element as Link, locate));
}

/** What the argument at the path attaches: an ARN, with the document where the plan has the policy. */
export function attachmentOf(reader: PlanReader, block: Block, path: Path): Attachment {
  return attached(reader, linkAt(reader, block, path), () => locateAt(reader, block, path));
}

function attached(reader: PlanReader, link: Link, locate: Attachment['locate']): Attachment {
  if (link instanceof Unknown) return { arn: link, locate };
  if (link instanceof BlockReference) {
    const arn = referenceText(link, reader.placeOf(link.block));
    const document = link.block.type === 'aws_iam_policy' ? documentAt(reader, link.block, ['policy'])?.document : undefined;
    return { arn, ...(document === undefined ? {} : { document }), locate };
  }
  if (typeof link !== 'string') return { arn: new Unknown('known-after-apply', 'which policy is known after apply'), locate };
  const policy = reader.index.ofType('aws_iam_policy').find((one) => own(one.values, 'arn') === link);
  const data = reader.index.ofType('data.aws_iam_policy').find((one) => own(one.values, 'arn') === link);
  const document = policy === undefined ? textOf(own(data?.values, 'policy')) : documentAt(reader, policy, ['policy'])?.document;
  return { arn: link, ...(document === undefined ? {} : { document }), locate };
}

/** The name that the plan has for a block; undefined where it is not known yet. */
export function nameIn(block: Block): string | undefined {
  const found = planned(block, ['name']);
  return found.kind === 'known' ? textOf(found.value) : undefined;
}
