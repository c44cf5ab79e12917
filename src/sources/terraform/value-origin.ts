import { Unknown, type Maybe } from '../../model/unknown.ts';
import { credentialKind } from '../../resources/secret-name.ts';
import type { ValueOrigin } from '../../resources/value-origin.ts';
import { planned, type Block, type Path } from './block.ts';
import { besideReferences } from './joined-value.ts';
import { isOmitted, madeOf, type PlanReader } from './plan-reader.ts';
import { afterApply, type End } from './references.ts';

/**
 * Where the value of an argument comes from. A literal is one that the files hold, be it as the default of a variable, inside
 * a function, or joined to a reference. A plan without the code shows only the references of an expression: where a literal
 * may stand beside them the origin is Unknown, see docs/decisions/0007-what-references-leave-open.md.
 *
 * @param holds what the argument takes: a `credential`, which some part of it has to be, or any `text`
 */
export function originAt(reader: PlanReader, block: Block, path: Path, holds: 'credential' | 'text' = 'credential'): Maybe<ValueOrigin> {
  const writeOnly = String(path.at(-1)).endsWith('_wo');
  const found = planned(block, path);
  const ends = madeOf(reader, block, path);
  if (ends === undefined || ends.length === 0) {
    if (found.kind === 'omitted' || isOmitted(reader, block, path)) return 'none';
    if (block.config === undefined) return new Unknown('partial-input', 'the plan does not show how it is configured');
    return found.kind === 'known' ? 'none' : afterApply(ends);
  }
  const written = ends.filter(({ kind }) => kind !== 'omitted');
  if (written.length === 0) return 'none';
  if (reader.sources?.holdsCredential(block, path, holds) === true) return 'literal';
  const origin = originOfEnds(reader, written, writeOnly);
  if (origin instanceof Unknown || origin === 'literal') return origin;
  const isShown = found.kind === 'known' && typeof found.value === 'string';
  switch (isShown ? besideReferences(found.value, written) : 'unseen') {
    case 'credential':
      return holds === 'credential' ? 'literal' : mayBeWritten;
    case 'perhaps':
      return mayBeWritten;
    case 'nothing':
      return origin;
    case 'unseen':
      return isWhole(written, holds) || reader.sources?.expression(block, path) !== undefined ? origin : besideLiteral;
  }
}

/** Whether a value is set for certain, though where it comes from may not be known. */
export function isSetAt(reader: PlanReader, block: Block, path: Path): boolean {
  if (planned(block, path).kind === 'known') return true;
  return madeOf(reader, block, path)?.some(({ kind }) => kind === 'block' || kind === 'value') ?? false;
}

const besideLiteral = new Unknown(
  'partial-input',
  'a literal may stand beside its references, which only the code shows: name it with --source',
);

const mayBeWritten = new Unknown('unresolved-reference', 'a part of it that the code writes out may be a credential');

/**
 * Whether the references can be all of the value. It is not told what functions they go through, but of a credential
 * that has one source only this is it, unless that is something like an address.
 */
function isWhole(ends: readonly End[], holds: 'credential' | 'text'): boolean {
  const sources = new Set(ends.map(nameOfSource));
  if (sources.size > 1) return false;
  return holds === 'text' || !ends.some((end) => end.kind === 'block' && isSecretAttribute(end.block.type, end.attribute) === false);
}

/** One and the same for all instances of a block. */
function nameOfSource(end: End): string {
  return end.kind === 'block' ? `${end.block.type}.${end.block.name}.${end.attribute.join('.')}` : JSON.stringify(end);
}

function originOfEnds(reader: PlanReader, ends: readonly End[], writeOnly: boolean): Maybe<ValueOrigin> {
  if (ends.some((end) => end.kind === 'block' || isEphemeral(end))) return 'reference';
  const opaque = ends.find((end) => end.kind === 'opaque' && end.name !== withoutReferences && !isUnseenVariable(end));
  if (opaque) return afterApply([opaque]);
  if (ends.some((end) => isUnseenVariable(end) || (end.kind === 'value' && end.origin === 'given'))) return 'variable';
  return writeOnly ? originOfDefaults(reader, ends) : 'literal';
}

/**
 * A plan shows the default of an ephemeral variable, be another value given or not, and does not say that it is ephemeral. The
 * default of an ordinary one that it shows is the value.
 */
function originOfDefaults(reader: PlanReader, ends: readonly End[]): Maybe<ValueOrigin> {
  const variables = ends.flatMap((end) => (end.kind === 'value' && end.variable !== undefined ? [end.variable] : []));
  if (variables.length === 0) return 'literal';
  const answers = variables.map((name) => reader.sources?.isEphemeral(name));
  if (answers.includes(true)) return 'variable';
  const open = variables[answers.indexOf(undefined)];
  return open === undefined
    ? 'literal'
    : new Unknown(
        'partial-input',
        `whether var.${open} is ephemeral, so that its default may not be its value, only the code shows: name it with --source`,
      );
}

const withoutReferences = 'an expression without references';

function isEphemeral(end: End): boolean {
  return end.kind === 'opaque' && end.name.startsWith('ephemeral.');
}

/** A variable without a default whose value the plan does not show: an ephemeral one, for which one was given. */
function isUnseenVariable(end: End): boolean {
  return end.kind === 'opaque' && /^var\.[\w-]+$/.test(end.name);
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
