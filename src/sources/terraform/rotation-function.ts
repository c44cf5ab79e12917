import { declaredFunction, functionElsewhere, type DeclaredFunction } from '../../iac/rotation-function.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { strategyOf } from '../../resources/rotation-strategy.ts';
import { BlockReference, referenceText } from './block-reference.ts';
import type { Block, Path } from './block.ts';
import { own } from './json.ts';
import { linkAt, tagsOf, textAt } from './plan-reader.ts';
import type { Workspace } from './workspace.ts';

const functionType = 'aws_lambda_function';
const permissionType = 'aws_lambda_permission';
const applicationType = 'aws_serverlessapplicationrepository_cloudformation_stack';
const argument: Path = ['rotation_lambda_arn'];

/**
 * What the plan says of the function of a rotation: one that it declares, or that a data source has found, exists.
 *
 * @param secret undefined for one that is not in the plan
 */
export function readRotationFunction(workspace: Workspace, rotation: Block, secret: Block | undefined): DeclaredFunction {
  const { reader, links, partial } = workspace;
  const block = functionOf(workspace, rotation);
  if (block === undefined) {
    const elsewhere = functionElsewhere('this plan', textAt(reader, rotation, argument));
    const strategy = applicationStrategy(workspace, rotation);
    return strategy === undefined ? elsewhere : { ...elsewhere, strategy };
  }
  const said = functionStrategy(workspace, block);
  if (block.mode === 'data') {
    return {
      functionExists: true,
      functionInvocable: new Unknown('unresolved-reference', `the permissions of ${block.address} are not in this plan`),
      ...said,
    };
  }
  const permissions = links.attached(permissionType, 'function_name', [functionType]);
  const place = reader.placeOf(secret ?? rotation);
  const arn: Maybe<string> =
    secret === undefined
      ? new Unknown('unresolved-reference', 'the secret is not in this plan')
      : referenceText(new BlockReference(secret, ['arn']), place);
  const declared = declaredFunction(
    permissions.of(block).map((permission) => ({
      action: textAt(reader, permission, ['action']),
      principal: textAt(reader, permission, ['principal']),
      sourceAccount: textAt(reader, permission, ['source_account']),
      sourceArn: textAt(reader, permission, ['source_arn']),
    })),
    partial ?? permissions.maybeOf(block),
    { arn, account: place.account },
  );
  return { ...declared, ...said };
}

/** By its name, the application in its tags and its description. */
function functionStrategy({ reader }: Workspace, block: Block): Pick<DeclaredFunction, 'strategy'> {
  const tags = tagsOf(reader, block);
  const strategy = strategyOf([
    block.name,
    textAt(reader, block, ['function_name']),
    tags instanceof Unknown ? tags : tags['serverlessrepo:applicationId'],
    textAt(reader, block, ['description']),
  ]);
  return strategy === undefined ? {} : { strategy };
}

/** Of a function that comes from an application of the Serverless Application Repository; undefined for any other. */
function applicationStrategy({ reader }: Workspace, rotation: Block): DeclaredFunction['strategy'] {
  const link = linkAt(reader, rotation, argument);
  if (!(link instanceof BlockReference) || link.block.type !== applicationType) return undefined;
  return strategyOf([textAt(reader, link.block, ['application_id'])]);
}

function functionOf({ reader }: Workspace, rotation: Block): Block | undefined {
  const link = linkAt(reader, rotation, argument);
  if (link instanceof BlockReference) return link.block.type === functionType ? link.block : undefined;
  if (typeof link !== 'string' || link === '') return undefined;
  return reader.index.ofType(functionType).find(({ values }) => own(values, 'arn') === link);
}
