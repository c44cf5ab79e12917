import { declaredResource } from '../../iac/declared-resource.ts';
import { declaredParameter } from '../../iac/ssm-parameter.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { nameLooksSecret } from '../../resources/secret-name.ts';
import { ssmParameter } from '../../resources/ssm-parameter.ts';
import { planned, type Block, type Path } from './block.ts';
import { fitsStandardTier } from '../../resources/standard-tier.ts';
import { inspectAt } from './inspect-value.ts';
import { keyLinkAt, noteUse } from './keys.ts';
import { locateAt, malformed, originsIn, tagsOf, textAt } from './plan-reader.ts';
import { expressionAt } from './references.ts';
import { changeIn } from './secretsmanager-secret.ts';
import { originAt } from './value-origin.ts';
import type { TypeReader, Workspace } from './workspace.ts';

export const parameterReader: TypeReader = {
  type: ssmParameter.name,
  read: async (workspace) => {
    const parameters = workspace.reader.index.ofType('aws_ssm_parameter').filter(({ change }) => change !== undefined);
    const resources: Resource[] = [];
    for (const parameter of parameters) resources.push(await readParameter(workspace, parameter));
    return resources;
  },
};

const valueArguments = ['value', 'insecure_value', 'value_wo'] as const;

async function readParameter({ reader, keys, uses, classify }: Workspace, block: Block): Promise<Resource> {
  const place = reader.placeOf(block);
  const name = textAt(reader, block, ['name']) ?? malformed(block, ['name']);
  const type = textAt(reader, block, ['type']) ?? malformed(block, ['type']);
  const isForCredential = typeof name === 'string' && nameLooksSecret(name);
  const key = keyLinkAt(reader, keys, block, ['key_id']);
  if (type === 'SecureString' || type instanceof Unknown) noteUse(uses, keys, key, ssmParameter.name, name);
  const argument = valueArguments.find((candidate) => expressionAt(block.config, [candidate]) !== undefined) ?? 'value';
  const { attributes } = declaredParameter(
    {
      name,
      place,
      tags: tagsOf(reader, block),
      type,
      tier: textAt(reader, block, ['tier']) ?? 'Standard',
      dataType: textAt(reader, block, ['data_type']) ?? 'text',
      key,
      value: {
        // What a SecureString holds may be a secret, whatever it looks like; and of a write-only value the plan has nothing.
        ...(argument === 'value_wo' ? unseen() : await inspectAt(reader, classify, block, [argument])),
        fitsStandard: argument === 'value_wo' ? unseen().looksSecret : fitsAt(block, [argument]),
        origin: originAt(reader, block, [argument], isForCredential ? 'credential' : 'text'),
        writeOnly: argument === 'value_wo',
      },
    },
    keys,
  );
  const at = (path: Path) => () => locateAt(reader, block, path);
  return declaredResource({
    type: ssmParameter,
    source: 'terraform',
    address: block.address,
    name,
    place,
    attributes,
    origins: originsIn(reader, () => [
      { path: '', locate: at([]) },
      ...['name', 'type', 'tier', 'tags'].map((path) => ({ path, locate: at([path]) })),
      { path: 'dataType', locate: at(['data_type']) },
      { path: 'encryption', locate: at(['key_id']) },
      { path: 'value', locate: at([argument]) },
    ]),
    ...changeIn(block, []),
  });
}

/** Whether the Standard tier takes the value of an argument. */
function fitsAt(block: Block, path: Path): Maybe<boolean> {
  const found = planned(block, path);
  switch (found.kind) {
    case 'omitted':
      return true;
    case 'known':
      return typeof found.value === 'string' ? fitsStandardTier(found.value) : malformed(block, path);
    case 'unknown':
      return new Unknown('known-after-apply', 'the length of the value is known after apply');
    default:
      return found satisfies never;
  }
}

function unseen(): { readonly looksSecret: Unknown; readonly kind: Unknown } {
  const why = new Unknown('not-in-source', 'a plan does not hold write-only values');
  return { looksSecret: why, kind: why };
}
