import { declaredKey, defaultKeyPolicy } from '../../iac/kms-key.ts';
import { placeText } from '../../iac/place.ts';
import { kmsKey } from '../../resources/kms-key.ts';
import type { Evaluator } from './evaluator.ts';
import { keyFacts, keyOfAlias, keyTypes } from './keys.ts';
import { exists } from './links.ts';
import { boolAt, documentAt, intAt, locateAt, tagsAt, textAt } from './properties.ts';
import type { RawResource } from './template.ts';
import type { Draft } from './variants.ts';
import { declare, declareAll, madeUp, ofTypes, type KeyUse, type TypeReader } from './workspace.ts';

/** Comes after the readers of what keys encrypt, which tell it. */
export const keyReader: TypeReader = {
  type: kmsKey.name,
  read: (workspace) => {
    const aliases = ofTypes(workspace, 'AWS::KMS::Alias');
    return declareAll(ofTypes(workspace, ...keyTypes), (key) =>
      declare(workspace, key, { type: kmsKey, address: key.id }, (evaluator) =>
        readKey(
          evaluator,
          key,
          aliases,
          workspace.uses.filter((use) => use.key === key.id),
        ),
      ),
    );
  },
};

function readKey(evaluator: Evaluator, key: RawResource, aliases: readonly RawResource[], uses: readonly KeyUse[]): Draft {
  const { place } = evaluator.world.template;
  const { spec, origin, usage, rotation } = keyFacts(evaluator, key);
  const written = documentAt(evaluator, key, ['KeyPolicy']);
  const period = intAt(evaluator, key, ['RotationPeriodInDays']);
  const document = defaultKeyPolicy(placeText(place, 'partition'), placeText(place, 'account'));
  const { attributes, origins } = declaredKey({
    name: key.id,
    place,
    tags: tagsAt(evaluator, key),
    aliases: aliases
      .filter((alias) => keyOfAlias(evaluator, alias) === key.id && exists(evaluator, alias) !== false)
      .map((alias) => textAt(evaluator, alias, ['AliasName']) ?? madeUp),
    enabled: boolAt(evaluator, key, ['Enabled']) ?? true,
    spec,
    usage,
    origin,
    rotationEnabled: rotation,
    ...(period === undefined ? {} : { rotationPeriodDays: period }),
    policies: [written ?? { document, locate: () => locateAt(evaluator, key, []) }],
    protects: uses.map(({ type, name }) => ({ type, name })),
  });
  const at =
    (...path: string[]) =>
    () =>
      locateAt(evaluator, key, path);
  return {
    attributes,
    origins: [
      { path: '', locate: at() },
      { path: 'tags', locate: at('Tags') },
      { path: 'enabled', locate: at('Enabled') },
      { path: 'spec', locate: at('KeySpec') },
      { path: 'usage', locate: at('KeyUsage') },
      { path: 'origin', locate: at('Origin') },
      { path: 'rotationEnabled', locate: at('EnableKeyRotation') },
      { path: 'rotationPeriodDays', locate: at('RotationPeriodInDays') },
      ...origins,
    ],
  };
}
