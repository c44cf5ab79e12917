import { Unknown, type Maybe } from '../../model/unknown.ts';
import { credentialKind } from '../../resources/secret-name.ts';
import type { ValueOrigin } from '../../resources/value-origin.ts';
import { planned, type Block, type Path } from './block.ts';
import { isOmitted, madeOf, type PlanReader } from './plan-reader.ts';
import { afterApply, type End } from './references.ts';

/**
 * Where the value of an argument comes from. A literal is one that the files hold, be it as the default of a variable or
 * inside a function; with the code at hand also one that stands beside references.
 */
export function originAt(reader: PlanReader, block: Block, path: Path): Maybe<ValueOrigin> {
  const writeOnly = String(path.at(-1)).endsWith('_wo');
  const found = planned(block, path);
  const ends = madeOf(reader, block, path);
  if (ends === undefined || ends.length === 0) {
    if (found.kind === 'omitted' || isOmitted(reader, block, path)) return 'none';
    if (block.config === undefined) return new Unknown('partial-input', 'the plan does not show how it is configured');
    return found.kind === 'known' ? 'none' : afterApply(ends);
  }
  if (ends.every(({ kind }) => kind === 'omitted')) return 'none';
  if (reader.sources?.holdsCredential(block, path) === true) return 'literal';
  return originOfEnds(ends, writeOnly);
}

function originOfEnds(ends: readonly End[], writeOnly: boolean): Maybe<ValueOrigin> {
  const written = ends.filter((end) => end.kind !== 'omitted');
  if (written.some((end) => end.kind === 'block' || isEphemeral(end))) return 'reference';
  const opaque = written.find((end) => end.kind === 'opaque' && end.name !== withoutReferences);
  if (opaque) return afterApply([opaque]);
  // What feeds a write-only argument is an ephemeral variable, whose default stands in for the value that each run gives.
  const isVariable = (end: End): boolean => end.kind === 'value' && (end.origin === 'given' || (writeOnly && end.origin === 'default'));
  return written.some(isVariable) ? 'variable' : 'literal';
}

const withoutReferences = 'an expression without references';

function isEphemeral(end: End): boolean {
  return end.kind === 'opaque' && end.name.startsWith('ephemeral.');
}

/** Attributes that say what or where something is. */
const harmless = new Set(
  (
    'arn id name url uri endpoint address port dns_name fqdn bucket bucket_domain_name bucket_regional_domain_name domain_name invoke_arn invoke_url ' +
    'invoke_url hosted_zone_id zone_id key_id region account_id username engine version family revision vpc_id cidr_block availability_zone ' +
    'public_ip private_ip public_dns private_dns repository_url registry_id table_name function_name qualified_arn alias stream_arn ' +
    'reader_endpoint primary_endpoint_address configuration_endpoint cluster_identifier identifier db_name database_name user_pool_id client_id'
  ).split(' '),
);

/** Whether an attribute of another resource is itself a credential; undefined where its name does not tell. */
export function isSecretAttribute(type: string, attribute: Path): boolean | undefined {
  const name = attribute.at(-1);
  if (type === 'random_password' || type === 'aws_secretsmanager_random_password') return true;
  if (type === 'aws_secretsmanager_secret_version' && (name === 'secret_string' || name === 'secret_binary')) return true;
  if (type === 'tls_private_key' && typeof name === 'string' && name.startsWith('private_key')) return true;
  if (typeof name !== 'string') return undefined;
  if (name === 'secret' || name.startsWith('ses_smtp_password') || credentialKind(name) === 'password') return true;
  if (harmless.has(name)) return false;
  return credentialKind(name) === undefined ? undefined : true;
}

/**
 * Whether a value that only apply will know is a credential, by the attributes that it is made of: known only where all
 * of them tell.
 */
export function referencedSecret(reader: PlanReader, block: Block, path: Path): Maybe<boolean> {
  const ends = madeOf(reader, block, path) ?? [];
  const answers = ends.map((end) => (end.kind === 'block' ? isSecretAttribute(end.block.type, end.attribute) : undefined));
  if (answers.some((answer) => answer === true)) return true;
  return ends.length > 0 && answers.every((answer) => answer === false) ? false : afterApply(ends);
}
