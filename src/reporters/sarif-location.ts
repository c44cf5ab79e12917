import type { FindingResource } from '../model/finding.ts';
import type { SourceLocation } from '../model/location.ts';
import type { SarifLocation } from './sarif-log.ts';
import { uriPath, uriPathOfName } from './sarif-uri.ts';
import { typeSegments } from './type-name.ts';

/**
 * A live resource has no file, and GitHub refuses a result without one, or with its ARN as `uri`. It gets a path of its own,
 * `aws/<account>/<region>/<service>/<kind>/<name>`, which GitHub and GitLab both take for the place of the alert.
 */
export function liveLocation({ type, name, account = '', region = '' }: FindingResource): SarifLocation {
  return physical(`${uriPath(['aws', account, region, ...typeSegments(type)])}/${uriPathOfName(name)}`, {
    startLine: 1,
    startColumn: 1,
    endLine: 1,
    endColumn: 2,
  });
}

/** The block in its file. */
export function fileLocation({ file, startLine, startColumn, endLine, endColumn }: SourceLocation): SarifLocation {
  return physical(uriPath(file.split('/')), { startLine, startColumn, endLine, endColumn });
}

/** For infrastructure code whose source files are not at hand: a path of its own under the root. */
export function addressLocation(source: string, root: string, address: string): SarifLocation {
  const path = `${uriPath([source])}/${uriPathOfName(root === '' ? '.' : root)}/${uriPath([address])}`;
  return physical(path, { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 });
}

function physical(uri: string, region: SarifLocation['physicalLocation']['region']): SarifLocation {
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region } };
}
