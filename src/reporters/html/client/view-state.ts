import { facets, openStatuses } from './facets.ts';

export const groupings = ['', 'account', 'policy', 'resource', 'severity'] as const;
export type Grouping = (typeof groupings)[number];
export const sortKeys = ['severity', 'name', 'policy', 'account', 'status'] as const;
export type SortKey = (typeof sortKeys)[number];
export const views = ['overview', 'findings', 'policies', 'coverage', 'waivers'] as const;
export type View = (typeof views)[number];

/** All that the address of the page says, so that what one reader sees can be sent to another. */
export interface ViewState {
  readonly view: View;
  readonly query: string;
  /** Chosen values by facet; a facet that is not there lets everything through. */
  readonly chosen: { readonly [facet: string]: readonly string[] };
  readonly group: Grouping;
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Id of the finding whose panel is open. */
  readonly finding: string | undefined;
}

/** Reads `#findings?status=fail&q=db&finding=f1_…`. What it does not understand it leaves at its default. */
export function parseHash(hash: string): ViewState {
  const [, name = '', search = ''] = /^#?([^?]*)\??([\s\S]*)$/.exec(hash) ?? [];
  const params = new URLSearchParams(search);
  const entries = facets.flatMap(({ name: facet }) => {
    const value = params.get(facet);
    return value === null ? [] : [[facet, split(value)] as const];
  });
  const sort = params.get('sort') ?? '';
  const bare = sort.replace(/^-/, '');
  return {
    view: oneOf(views, name) ?? 'overview',
    query: params.get('q') ?? '',
    chosen: search === '' ? { status: openStatuses } : Object.fromEntries(entries),
    group: oneOf(groupings, params.get('group') ?? '') ?? '',
    sort: oneOf(sortKeys, bare) ?? 'severity',
    descending: sort.startsWith('-'),
    finding: params.get('finding') ?? undefined,
  };
}

export function formatHash({ view, query, chosen, group, sort, descending, finding }: ViewState): string {
  if (view !== 'findings') return `#${view}`;
  const params = new URLSearchParams();
  if (query !== '') params.set('q', query);
  for (const [facet, values] of Object.entries(chosen)) if (values.length > 0) params.set(facet, values.map(escapeComma).join(','));
  if (group !== '') params.set('group', group);
  if (sort !== 'severity' || descending) params.set('sort', `${descending ? '-' : ''}${sort}`);
  if (finding !== undefined) params.set('finding', finding);
  // Without any parameter the default filter would come back.
  const text = params.toString();
  return `#findings?${text === '' ? 'all' : text}`;
}

function escapeComma(value: string): string {
  return value.replace(/[\\,]/g, '\\$&');
}

function split(text: string): readonly string[] {
  return (text.match(/(?:\\[\s\S]|[^,\\])+/g) ?? []).map((part) => part.replace(/\\([\s\S])/g, '$1'));
}

function oneOf<T extends string>(list: readonly T[], value: string): T | undefined {
  return list.find((each) => each === value);
}
