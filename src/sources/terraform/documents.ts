import type { PolicyPart } from '../../iac/policy-part.ts';
import { Unknown } from '../../model/unknown.ts';
import { BlockReference, referenceText } from './block-reference.ts';
import { planned, type Block, type Path } from './block.ts';
import { isObject, listOf, own } from './json.ts';
import { encodedText, JsonEncoded } from './json-encoded.ts';
import { listAt, locateAt, malformed, valueAt, type PlanReader } from './plan-reader.ts';
import { endsOf } from './references.ts';

/** A policy document of the plan, and where its statements stand. Undefined when the argument is not set. */
export interface Document {
  /** JSON text, or data with Unknown in any place, or Unknown as a whole. */
  readonly document: unknown;
  readonly locate: PolicyPart['locate'];
}

const deepest = 8;

/**
 * The document at an argument. A text that the plan knows is taken as it is; one that is unknown as a whole because a single
 * ARN in it is may still be known in the rest: from the data source that makes it, or from the code.
 */
export function documentAt(reader: PlanReader, block: Block, path: Path, depth = 0): Document | undefined {
  const made = depth < deepest ? generated(reader, block, path, depth) : undefined;
  if (made) return made;
  const value = valueAt(reader, block, path);
  if (value === undefined || value === '') return undefined;
  return { document: documentOf(reader, value, block, path), locate: locateIn(reader, block, path) };
}

function documentOf(reader: PlanReader, value: unknown, block: Block, path: Path): unknown {
  if (typeof value === 'string' || value instanceof Unknown) return value;
  if (value instanceof BlockReference) return referenceText(value, reader.placeOf(value.block));
  if (value instanceof JsonEncoded) return asText(reader, value.value);
  return typeof value === 'object' ? asText(reader, value) : malformed(block, path);
}

/** References inside a document as the texts that they will be. */
function asText(reader: PlanReader, value: unknown): unknown {
  if (value instanceof BlockReference) return referenceText(value, reader.placeOf(value.block));
  if (value instanceof JsonEncoded) return encodedText(value) ?? new Unknown('known-after-apply', 'known after apply');
  if (value instanceof Unknown || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element: unknown) => asText(reader, element));
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, asText(reader, element)]));
}

function locateIn(reader: PlanReader, block: Block, path: Path): PolicyPart['locate'] {
  return (statement, rest) =>
    locateAt(reader, block, [...path, ...(statement === undefined ? [] : ['Statement', statement, ...elementOf(rest)])]);
}

const elements: { readonly [attribute: string]: string } = {
  actions: 'Action',
  notActions: 'NotAction',
  resources: 'Resource',
  notResources: 'NotResource',
  principals: 'Principal',
  notPrincipals: 'NotPrincipal',
  conditions: 'Condition',
  effect: 'Effect',
  sid: 'Sid',
};

/** The element of a policy statement that an attribute of ours stands for. */
function elementOf(rest: string): Path {
  const element = elements[/^\w+/.exec(rest)?.[0] ?? ''];
  return element === undefined ? [] : [element];
}

/** The document that a data source `aws_iam_policy_document`, or another argument, passes on. */
function generated(reader: PlanReader, block: Block, path: Path, depth: number): Document | undefined {
  const [only, ...more] = endsOf(reader.index, block, path) ?? [];
  if (only?.kind !== 'block' || more.length > 0) return undefined;
  const { block: from, attribute } = only;
  const [name] = attribute;
  if (from.mode === 'data' && from.type === 'aws_iam_policy_document') {
    if (name !== 'json' && name !== 'minified_json') return undefined;
    const written = planned(block, path);
    // The plan shows what comes of it, should a function stand in between. People are pointed to the block that uses it.
    return {
      document: written.kind === 'known' ? written.value : dataSourceDocument(reader, from, depth + 1),
      locate: locateIn(reader, block, path),
    };
  }
  if (attribute.length !== 1 || planned(block, path).kind === 'known') return undefined;
  return documentAt(reader, from, attribute, depth + 1);
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
function dataSourceDocument(reader: PlanReader, data: Block, depth: number): unknown {
  const json = planned(data, ['json']);
  if (json.kind === 'known') return json.value;
  const overridden = ['override_policy_documents', 'source_json', 'override_json'].find((name) => isSet(reader, data, name));
  if (overridden !== undefined) {
    return new Unknown('known-after-apply', `${data.address} is changed by other documents (${overridden}) and known after apply`);
  }
  const sources = sourceStatements(reader, data, depth);
  if (sources instanceof Unknown) return sources;
  const statements = listAt(reader, data, ['statement']) ?? [];
  if (statements instanceof Unknown) return statements;
  return { Version: '2012-10-17', Statement: [...sources, ...statements.map((statement) => statementOf(reader, statement))] };
}

function isSet(reader: PlanReader, data: Block, name: string): boolean {
  return planned(data, [name]).kind !== 'omitted' && valueAt(reader, data, [name]) !== undefined;
}

/** The statements that the document takes over from others, before its own. */
function sourceStatements(reader: PlanReader, data: Block, depth: number): readonly unknown[] | Unknown {
  const listed = listAt(reader, data, ['source_policy_documents']) ?? [];
  if (listed instanceof Unknown) return listed;
  const statements: unknown[] = [];
  for (const source of listed) {
    const document = sourceDocument(reader, data, source, depth);
    const own = isObject(document) && !(document instanceof Unknown) ? document['Statement'] : undefined;
    if (own === undefined) return document instanceof Unknown ? document : malformed(data, ['source_policy_documents']);
    statements.push(...(Array.isArray(own) ? (own as readonly unknown[]) : [own]));
  }
  return statements;
}

function sourceDocument(reader: PlanReader, data: Block, source: unknown, depth: number): unknown {
  if (source instanceof BlockReference && source.block.type === data.type && source.attribute.length === 1 && depth < deepest) {
    const document = dataSourceDocument(reader, source.block, depth + 1);
    return typeof document === 'string' ? parse(document) : document;
  }
  return typeof source === 'string' ? parse(source) : documentOf(reader, source, data, ['source_policy_documents']);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error quotes the text.
    return undefined;
  }
}

function statementOf(reader: PlanReader, statement: unknown): unknown {
  if (!isObject(statement) || statement instanceof Unknown) return statement instanceof Unknown ? statement : undefined;
  const text = (name: string): unknown => asText(reader, own(statement, name));
  const list = (name: string): unknown => {
    const value = text(name);
    return Array.isArray(value) && value.length === 0 ? undefined : (value ?? undefined);
  };
  return {
    Sid: text('sid') ?? undefined,
    Effect: text('effect') ?? 'Allow',
    Action: list('actions'),
    NotAction: list('not_actions'),
    Resource: list('resources'),
    NotResource: list('not_resources'),
    Principal: principalsOf(reader, own(statement, 'principals')),
    NotPrincipal: principalsOf(reader, own(statement, 'not_principals')),
    Condition: conditionsOf(reader, own(statement, 'condition')),
  };
}

function principalsOf(reader: PlanReader, list: unknown): unknown {
  if (list instanceof Unknown) return list;
  const entries = listOf(list);
  if (entries.length === 0) return undefined;
  const unknown = entries.find((entry) => entry instanceof Unknown || own(entry, 'type') instanceof Unknown);
  if (unknown !== undefined) return unknown instanceof Unknown ? unknown : own(unknown, 'type');
  const byType: { [type: string]: unknown[] } = Object.create(null) as { [type: string]: unknown[] };
  let anyone = false;
  for (const entry of entries) {
    const type = own(entry, 'type');
    const identifiers = asText(reader, own(entry, 'identifiers'));
    if (type === '*') anyone = true;
    else if (typeof type === 'string')
      (byType[type] ??= []).push(...(Array.isArray(identifiers) ? (identifiers as unknown[]) : [identifiers]));
  }
  return anyone ? '*' : byType;
}

function conditionsOf(reader: PlanReader, list: unknown): unknown {
  if (list instanceof Unknown) return list;
  const entries = listOf(list);
  if (entries.length === 0) return undefined;
  const tests: { [operator: string]: { [key: string]: unknown } } = Object.create(null) as {
    [operator: string]: { [key: string]: unknown };
  };
  for (const entry of entries) {
    const [test, variable] = [own(entry, 'test'), own(entry, 'variable')];
    if (typeof test !== 'string' || typeof variable !== 'string')
      return new Unknown('known-after-apply', 'a condition is known after apply');
    (tests[test] ??= {})[variable] = asText(reader, own(entry, 'values'));
  }
  return tests;
}
