import type { FindingResource } from '../model/finding.ts';
import type { SourceLocation } from '../model/location.ts';
import type { SarifPhysicalLocation, SarifRegion } from './sarif-log.ts';
import { uriPath, uriPathOfName } from './sarif-uri.ts';
import { typeSegments } from './type-name.ts';

/**
 * A live resource has no file, and GitHub refuses a result without one, or with its ARN as `uri`. It gets a path of its own,
 * `aws/<account>/<region>/<service>/<kind>/<name>`, which GitHub and GitLab both take for the place of the alert.
 */
export function liveLocation({ type, name, account = '', region = '' }: FindingResource): SarifPhysicalLocation {
  return physical(`${uriPath(['aws', account, region, ...typeSegments(type)])}/${uriPathOfName(name)}`, made);
}

/** The block in its file, with the lines around where the source gave them. */
export function fileLocation({ file, startLine, startColumn, endLine, endColumn, frame }: SourceLocation): SarifPhysicalLocation {
  // GitHub refuses a region that is empty.
  const region = { startLine, startColumn, endLine, endColumn: endLine === startLine ? Math.max(endColumn, startColumn + 1) : endColumn };
  const place = physical(uriPath(file.split('/')), region);
  if (frame === undefined) return place;
  const lastLine = frame.startLine + frame.text.split('\n').length - 1;
  // SARIF 3.29.5: it holds all of the region.
  if (lastLine < endLine) return place;
  return { ...place, contextRegion: { startLine: frame.startLine, endLine: lastLine, snippet: { text: frame.text } } };
}

/** For infrastructure code whose source files are not at hand: a path of its own under the root. */
export function addressLocation(source: string, root: string, address: string): SarifPhysicalLocation {
  const path = `${uriPath([source])}/${uriPathOfName(root === '' ? '.' : root)}/${uriPath([address])}`;
  return physical(path, made);
}

/** Of a path that was made up. */
const made: SarifRegion = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

function physical(uri: string, region: SarifRegion): SarifPhysicalLocation {
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region };
}
