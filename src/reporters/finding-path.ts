import type { Finding } from '../model/finding.ts';
import type { ScopeResult } from '../model/scan-result.ts';
import { addressLocation, liveLocation } from './sarif-location.ts';
import { uriPath } from './sarif-uri.ts';

/** A place in the repository, made up where there is none. The line counts from 1. */
export interface RepositoryPlace {
  readonly path: string;
  readonly line: number;
}

/** Where the code is; for what has none, the path that SARIF makes of account, region, kind and name. */
export function repositoryPlace({ location, resource }: Finding, scope: ScopeResult | undefined): RepositoryPlace {
  if (location !== undefined) return { path: location.file, line: location.startLine };
  const made =
    scope === undefined || scope.source === 'aws'
      ? liveLocation(resource)
      : addressLocation(scope.source, scope.root ?? '', resource.address);
  return { path: made.artifactLocation.uri, line: 1 };
}

/** For what is about a scope as such: `aws/123456789012/us-east-1`. */
export function scopePlace({ id }: ScopeResult): RepositoryPlace {
  return { path: uriPath(id.split('/')), line: 1 };
}
