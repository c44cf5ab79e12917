import type { Attributes, Change, Resource, Variants } from '../model/resource.ts';
import type { SourceName } from '../model/source-name.ts';
import { Unknown, type Maybe } from '../model/unknown.ts';
import { completeAttributes } from '../resources/complete-attributes.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { locateBy, type Origin } from './origin.ts';
import type { Place } from './place.ts';

export interface DeclaredResource {
  readonly type: ResourceType;
  readonly source: SourceName;
  readonly address: string;
  readonly name: Maybe<string> | undefined;
  readonly place: Place;
  /** Whether it belongs to the account as a whole, as IAM does. */
  readonly global?: boolean;
  readonly attributes: object;
  /** Empty when there are no source files to point at. */
  readonly origins: readonly Origin[];
  /** For a block that stands in for an owner outside the input: the Unknown that stands for all that it does not say. */
  readonly standIn?: Unknown;
  readonly change?: Change;
  readonly previousAddresses?: readonly string[];
  /** What it can come to, where the code leaves conditions open. */
  readonly variants?: {
    readonly decidedBy: string;
    readonly each: readonly { readonly attributes: object; readonly origins: readonly Origin[] }[];
  };
}

/** A resource of infrastructure code, complete: what its source cannot know is Unknown. */
export function declaredResource(declared: DeclaredResource): Resource {
  const { type, source, address, name, place, attributes, origins, change, previousAddresses = [] } = declared;
  const known = (part: Maybe<string>): string | undefined => (part instanceof Unknown ? undefined : part);
  const partition = known(place.partition);
  const account = known(place.account);
  const region = declared.global ? 'global' : known(place.region);
  return {
    type: type.name,
    address,
    name: typeof name === 'string' && name !== '' ? name : address,
    ...(partition === undefined ? {} : { partition }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    attributes: completeAttributes(type.shape, attributes, source) as Attributes,
    ...(declared.standIn === undefined ? {} : { standIn: declared.standIn.detail }),
    ...(change === undefined ? {} : { change }),
    ...(previousAddresses.length === 0 ? {} : { previousAddresses }),
    ...(origins.length === 0 ? {} : { locate: locateBy(origins) }),
    ...(declared.variants === undefined ? {} : { variants: completeVariants(declared.variants, type, source) }),
  };
}

function completeVariants(
  { decidedBy, each }: NonNullable<DeclaredResource['variants']>,
  { shape }: ResourceType,
  source: SourceName,
): Variants {
  return {
    decidedBy,
    each: each.map(({ attributes, origins }) => ({
      attributes: completeAttributes(shape, attributes, source) as Attributes,
      ...(origins.length === 0 ? {} : { locate: locateBy(origins) }),
    })),
  };
}
