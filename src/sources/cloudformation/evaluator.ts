import { Unknown, type Maybe } from '../../model/unknown.ts';
import { arnOf } from '../../iac/arn-of.ts';
import type { Assumptions, Atom } from './conditions.ts';
import { isObject, listOf, own, setOwn, type JsonObject } from './json.ts';
import { expandLoop, loopPrefix } from './loops.ts';
import { valueOfParameter } from './parameters.ts';
import { isArn, isOpenType, nameProperties, Reference } from './reference.ts';
import { typeOf, type World } from './world.ts';

/** Characters that a text may come to. */
const longestText = 256 * 1024;
/** Names and conditions that lead to one another. */
const longestChain = 12;
const mostElements = 100_000;

/** An object with one key that is a function of CloudFormation. */
export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

export function intrinsicOf(raw: unknown): Intrinsic | undefined {
  if (!isObject(raw)) return undefined;
  const keys = Object.keys(raw);
  const [name] = keys;
  if (name === undefined) return undefined;
  // A macro may stand beside other keys, and changes them.
  if (Object.hasOwn(raw, 'Fn::Transform')) return { name: 'Fn::Transform', argument: raw['Fn::Transform'] };
  if (keys.length !== 1 || !(name === 'Ref' || (name.startsWith('Fn::') && !name.startsWith(loopPrefix)))) return undefined;
  return { name, argument: raw[name] };
}

/** The texts that a text for `Fn::Sub` is made of, in order. */
export function subParts(text: string): readonly ({ readonly text: string } | { readonly variable: string })[] {
  const parts: ({ readonly text: string } | { readonly variable: string })[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$\{([^{}]{1,1024})\}/g)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    const name = match[1] ?? '';
    parts.push(name.startsWith('!') ? { text: `\${${name.slice(1)}}` } : { variable: name.trim() });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

interface Remembered<T> {
  readonly value: T;
  readonly atom: Atom | undefined;
}

/**
 * Resolves the functions of a template under what is assumed of its open conditions. A value is plain data, with
 * Unknown and Reference at any depth; undefined is `AWS::NoValue`, or nothing at all. Never throws for what is in a template.
 */
export class Evaluator {
  readonly world: World;
  /** The first comparison that was needed and of which nothing is assumed. */
  pending: Atom | undefined;
  readonly #assumptions: Assumptions;
  readonly #names = new Map<string, Remembered<Maybe<string> | undefined>>();
  readonly #conditions = new Map<string, Remembered<Maybe<boolean>>>();
  readonly #asking: string[] = [];
  #chain = 0;

  constructor(world: World, assumptions: Assumptions = new Map()) {
    this.world = world;
    this.#assumptions = assumptions;
  }

  evaluate(raw: unknown): unknown {
    if (typeof raw !== 'object' || raw === null) return raw ?? undefined;
    if (Array.isArray(raw)) return this.#list(raw as readonly unknown[]);
    const intrinsic = intrinsicOf(raw);
    if (intrinsic !== undefined) return this.#call(intrinsic);
    return isObject(raw) ? this.#object(raw) : raw;
  }

  #list(raw: readonly unknown[]): readonly unknown[] {
    const made: unknown[] = [];
    for (const element of raw) {
      const value = this.evaluate(element);
      if (value !== undefined) made.push(value);
    }
    return made;
  }

  #object(raw: JsonObject): unknown {
    const made = {};
    for (const [key, element] of Object.entries(raw)) {
      if (key.startsWith(loopPrefix)) {
        const entries = this.loop(key, element);
        if (entries instanceof Unknown) return entries;
        for (const entry of entries) {
          const value = this.evaluate(entry.value);
          if (value !== undefined) setOwn(made, entry.key, value);
        }
        continue;
      }
      const value = this.evaluate(element);
      if (value !== undefined) setOwn(made, key, value);
    }
    return made;
  }

  loop(name: string, raw: unknown): ReturnType<typeof expandLoop> {
    return expandLoop(name, raw, (list) => this.evaluate(list), this.world.loops);
  }

  #call({ name, argument }: Intrinsic): unknown {
    switch (name) {
      case 'Ref':
        return typeof argument === 'string' ? this.ref(argument) : misused(name);
      case 'Fn::GetAtt':
        return this.#getAtt(argument);
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::Join':
        return this.#join(argument);
      case 'Fn::If':
        return this.#if(argument);
      case 'Fn::Select':
        return this.#select(argument);
      case 'Fn::Split':
        return this.#split(argument);
      case 'Fn::FindInMap':
        return this.#findInMap(argument);
      case 'Fn::Base64': {
        const text = this.part(this.evaluate(argument));
        return typeof text === 'string' ? Buffer.from(text, 'utf8').toString('base64') : text;
      }
      case 'Fn::Length': {
        const list = this.evaluate(argument);
        return list instanceof Unknown ? list : Array.isArray(list) ? list.length : misused(name);
      }
      case 'Fn::ToJsonString':
        return this.#toJson(argument);
      case 'Fn::ImportValue':
        return unresolved(`Fn::ImportValue ${this.shown(argument)}: another stack exports it`);
      case 'Fn::Transform':
        return unresolved(`Fn::Transform ${this.shown(own(argument, 'Name'))}: a macro makes it`);
      case 'Fn::GetAZs':
      case 'Fn::Cidr':
        return unresolved(`${name}: only AWS resolves it`);
      default: {
        const known = /^Fn::[A-Za-z0-9]{1,40}$/.test(name) ? name : 'a function';
        return unresolved(`${known} is none that can be resolved`);
      }
    }
  }

  /** What a name in the code stands for, in a few words: nothing of a parameter's value is in them. */
  shown(raw: unknown): string {
    const intrinsic = intrinsicOf(raw);
    const [text] =
      typeof raw === 'string' ? [raw] : intrinsic?.name === 'Fn::Sub' ? listOf(intrinsic.argument).concat(intrinsic.argument) : [];
    if (typeof text === 'string' && /^[\w:./${}-]{1,120}$/.test(text)) return text;
    return intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string' ? intrinsic.argument.slice(0, 120) : '(made of several)';
  }

  ref(name: string): unknown {
    const { template } = this.world;
    switch (name) {
      case 'AWS::NoValue':
        return undefined;
      case 'AWS::AccountId':
        return template.place.account;
      case 'AWS::Region':
        return template.place.region;
      case 'AWS::Partition':
        return template.place.partition;
      case 'AWS::URLSuffix': {
        const { partition } = template.place;
        return partition === 'aws' || partition === 'aws-us-gov'
          ? 'amazonaws.com'
          : partition === 'aws-cn'
            ? 'amazonaws.com.cn'
            : pseudo(name);
      }
      case 'AWS::StackName':
      case 'AWS::StackId':
      case 'AWS::NotificationARNs':
        return pseudo(name);
      default: {
        const parameter = template.parameters.get(name);
        if (parameter !== undefined) return valueOfParameter(parameter);
        return typeOf(this.world, name) === undefined
          ? unresolved(`Ref ${cut(name)}: nothing in the template has this name`)
          : new Reference(name, undefined);
      }
    }
  }

  #getAtt(argument: unknown): unknown {
    if (typeof argument === 'string') return this.attribute(argument);
    const text = this.#concat(
      listOf(argument).map((part) => this.evaluate(part)),
      '.',
    );
    return text instanceof Unknown ? text : this.attribute(text);
  }

  /** `Id.Attribute`, as `Fn::GetAtt` and `Fn::Sub` have it. */
  attribute(text: string): unknown {
    const dot = text.indexOf('.');
    const id = text.slice(0, dot);
    if (dot <= 0 || typeOf(this.world, id) === undefined)
      return unresolved(`Fn::GetAtt ${cut(text)}: nothing in the template has this name`);
    return new Reference(id, text.slice(dot + 1));
  }

  /** What `${name}` in the text of a `Fn::Sub` stands for. */
  variable(name: string, variables: unknown): unknown {
    if (isObject(variables) && Object.hasOwn(variables, name)) return this.evaluate(variables[name]);
    return name.includes('.') ? this.attribute(name) : this.ref(name);
  }

  #sub(argument: unknown): unknown {
    const [text, variables] = typeof argument === 'string' ? [argument] : listOf(argument);
    if (typeof text !== 'string') return misused('Fn::Sub');
    return this.#concat(
      subParts(text).map((part) => ('text' in part ? part.text : this.variable(part.variable, variables))),
      '',
    );
  }

  #join(argument: unknown): unknown {
    const [delimiter, list] = listOf(argument);
    if (typeof delimiter !== 'string') return misused('Fn::Join');
    const elements = this.evaluate(list);
    if (elements instanceof Unknown) return elements;
    return Array.isArray(elements) ? this.#concat(elements as readonly unknown[], delimiter) : misused('Fn::Join');
  }

  #concat(values: readonly unknown[], delimiter: string): Maybe<string> {
    const texts: string[] = [];
    let length = 0;
    for (const value of values) {
      if (value === undefined) continue;
      const text = this.part(value);
      if (text instanceof Unknown) return text;
      texts.push(text ?? '');
      length += (text?.length ?? 0) + delimiter.length;
      if (length > longestText) return unresolved('the text becomes too long');
    }
    return texts.join(delimiter);
  }

  #if(argument: unknown): unknown {
    const [name, then, otherwise] = listOf(argument);
    if (typeof name !== 'string') return misused('Fn::If');
    const holds = this.condition(name);
    if (holds instanceof Unknown) return holds;
    return this.evaluate(holds ? then : otherwise);
  }

  #select(argument: unknown): unknown {
    const [rawIndex, rawList] = listOf(argument);
    const given = this.evaluate(rawIndex);
    if (given instanceof Unknown) return given;
    const index = typeof given === 'number' ? given : typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : -1;
    const list = Array.isArray(rawList) ? (rawList as readonly unknown[]) : this.evaluate(rawList);
    if (list instanceof Unknown) return list;
    if (!Array.isArray(list) || !(index in list)) return unresolved('Fn::Select: the list has no such element');
    return this.evaluate(list[index]);
  }

  #split(argument: unknown): unknown {
    const [delimiter, source] = listOf(argument);
    if (typeof delimiter !== 'string' || delimiter === '') return misused('Fn::Split');
    const text = this.part(this.evaluate(source));
    if (typeof text !== 'string') return text ?? misused('Fn::Split');
    const parts = splitText(text, delimiter);
    return parts.length > mostElements ? unresolved('Fn::Split: the list becomes too long') : parts;
  }

  #findInMap(argument: unknown): unknown {
    const [rawMap, rawFirst, rawSecond, options] = listOf(argument);
    const keys = [rawMap, rawFirst, rawSecond].map((key) => this.part(this.evaluate(key)));
    const [map, first, second] = keys;
    if (map instanceof Unknown) return map;
    const table = own(this.world.template.mappings, map ?? '');
    // Where only the first key is open, as a region mostly is, all may say the same.
    if ((first instanceof Unknown || /\$\{/.test(first ?? '')) && typeof second === 'string' && isObject(table)) {
      const values = Object.values(table).map((row) => own(row, second));
      const [value] = values;
      if (value !== undefined && typeof value !== 'object' && values.every((one) => one === value)) return value;
      return unresolved(`Fn::FindInMap ${cut(map ?? '')}: ${first instanceof Unknown ? first.detail : 'the key is not known'}`);
    }
    if (first instanceof Unknown || second instanceof Unknown) return first instanceof Unknown ? first : second;
    const found = own(own(table, first ?? ''), second ?? '');
    if (found !== undefined && found !== null) return this.evaluate(found);
    if (isObject(options) && Object.hasOwn(options, 'DefaultValue')) return this.evaluate(options['DefaultValue']);
    return unresolved(`Fn::FindInMap ${cut(map ?? '')}: the map has no such entry`);
  }

  #toJson(argument: unknown): unknown {
    const value = this.evaluate(argument);
    let open: Unknown | undefined;
    const plain = (part: unknown): unknown => {
      if (part instanceof Unknown || part instanceof Reference) {
        const text = this.part(part);
        if (!(text instanceof Unknown)) return text;
        open ??= text;
        return undefined;
      }
      if (Array.isArray(part)) return (part as readonly unknown[]).map(plain);
      if (!isObject(part)) return part;
      const made = {};
      for (const [key, element] of Object.entries(part)) setOwn(made, key, plain(element));
      return made;
    };
    const made = plain(value);
    const text = open ?? JSON.stringify(made);
    return typeof text === 'string' && text.length > longestText ? unresolved('the text becomes too long') : text;
  }

  /** A value as part of a text: where the stack will be is written as a variable. Undefined for nothing. */
  part(value: unknown): Maybe<string> | undefined {
    if (value instanceof Unknown && value.symbol?.startsWith('AWS::')) return `\${${value.symbol}}`;
    return this.text(value);
  }

  /** A value as a text; a reference is the ARN or the name that the resource is going to have. Undefined for nothing. */
  text(value: unknown): Maybe<string> | undefined {
    if (value === undefined || value instanceof Unknown || typeof value === 'string') return value;
    if (value instanceof Reference) return this.referenceText(value);
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (Array.isArray(value)) return this.#concat(value as readonly unknown[], ',');
    return new Unknown('malformed-response', 'a map stands where a text belongs');
  }

  referenceText(reference: Reference): Maybe<string> {
    const { id, attribute, text } = reference;
    const type = typeOf(this.world, id) ?? '';
    const owner = ownedSecret.get(type);
    if (owner !== undefined) return this.#followed(id, owner);
    if (isOpenType(type) || (type === 'AWS::SSM::Parameter' && attribute === 'Value'))
      return unresolved(`Fn::GetAtt ${cut(text)} is known when it is deployed`);
    const plain = type === 'AWS::Serverless::Function' ? 'AWS::Lambda::Function' : type;
    const name = this.nameOf(id);
    const known = typeof name === 'string' ? name : undefined;
    const path = own(own(this.world.resources.get(id)?.body, 'Properties'), 'Path');
    const arn = isArn(plain, attribute)
      ? arnOf(plain, id, known, this.world.template.place, typeof path === 'string' ? path : undefined)
      : undefined;
    if (arn !== undefined) return arn;
    return (attribute === undefined && nameProperties.has(type) && !isArn(plain, attribute) ? known : undefined) ?? `\${${text}}`;
  }

  /** The name that the template gives a resource; undefined when CloudFormation makes one up. */
  nameOf(id: string): Maybe<string> | undefined {
    const known = this.#names.get(id);
    if (known !== undefined) return this.#recall(known);
    const resource = this.world.resources.get(id);
    const property = nameProperties.get(resource?.type ?? '');
    if (resource === undefined || property === undefined) return undefined;
    // While it is worked out, a name that leads back to it is not known.
    this.#names.set(id, { value: unresolved(`the name of ${cut(id)} leads back to itself`), atom: undefined });
    const name = this.#watched(() => this.#chained(() => this.text(this.evaluate(own(own(resource.body, 'Properties'), property)))));
    this.#names.set(id, name);
    return this.#recall(name);
  }

  /** What the work comes to, and the first open comparison that it met. */
  #watched<T>(work: () => T): Remembered<T> {
    const before = this.pending;
    this.pending = undefined;
    const value = work();
    const atom = this.pending;
    this.pending = before;
    return { value, atom };
  }

  #recall<T>({ value, atom }: Remembered<T>): T {
    this.pending ??= atom;
    return value;
  }

  #followed(id: string, property: string): Maybe<string> {
    const raw = own(own(this.world.resources.get(id)?.body, 'Properties'), property);
    return this.#chained(() => this.text(this.evaluate(raw))) ?? unresolved(`${cut(id)} names no secret`);
  }

  #chained<T>(work: () => T): T | Unknown {
    if (this.#chain >= longestChain) return unresolved('it leads from one resource to the next without an end');
    this.#chain += 1;
    try {
      return work();
    } finally {
      this.#chain -= 1;
    }
  }

  /** Whether a condition of the template holds; Unknown when it is open and nothing is assumed (see `pending`). */
  condition(name: string): Maybe<boolean> {
    const known = this.#conditions.get(name);
    if (known !== undefined) return this.#recall(known);
    const { conditions } = this.world.template;
    const isRing = this.#asking.includes(name);
    if (!Object.hasOwn(conditions, name) || isRing || this.#asking.length >= longestChain) {
      return this.#assumed({ key: `condition ${name}`, condition: this.#asking[0] ?? name });
    }
    this.#asking.push(name);
    const holds = this.#watched(() => this.#holds(conditions[name]));
    this.#asking.pop();
    this.#conditions.set(name, holds);
    return this.#recall(holds);
  }

  #holds(raw: unknown): Maybe<boolean> {
    const [name = '', ...more] = isObject(raw) ? Object.keys(raw) : [];
    const argument = own(raw, name);
    if (more.length === 0) {
      switch (name) {
        case 'Condition':
          if (typeof argument === 'string') return this.condition(argument);
          break;
        case 'Fn::Not': {
          const holds = this.#holds(listOf(argument)[0]);
          return holds instanceof Unknown ? holds : !holds;
        }
        case 'Fn::And':
          return this.#fold(argument, false);
        case 'Fn::Or':
          return this.#fold(argument, true);
        case 'Fn::Equals':
          return this.#equals(argument);
        default:
          break;
      }
    }
    return this.#assumed({ key: canonical(raw), condition: this.#asking[0] ?? '' });
  }

  /** Kleene's `or` for `stop` true, `and` for false. */
  #fold(argument: unknown, stop: boolean): Maybe<boolean> {
    let open: Unknown | undefined;
    for (const part of listOf(argument)) {
      const holds = this.#holds(part);
      if (holds === stop) return stop;
      if (holds instanceof Unknown) open ??= holds;
    }
    return open ?? !stop;
  }

  #equals(argument: unknown): Maybe<boolean> {
    const sides = listOf(argument).slice(0, 2);
    const [a, b] = sides.map((side) => comparable(this.evaluate(side)));
    if (a !== undefined && b !== undefined) return a === b;
    const [first, second] = [a ?? canonical(sides[0]), b ?? canonical(sides[1])].sort();
    const condition = this.#asking[0] ?? '';
    const key = `${first} = ${second}`;
    if (a === undefined && b === undefined) return first === second ? true : this.#assumed({ key, condition });
    const open = a === undefined ? sides[0] : sides[1];
    const text = a ?? b ?? '';
    const parameter = this.world.template.parameters.get(String(own(open, 'Ref')));
    const allowed = parameter?.allowed?.map((value) => JSON.stringify(value));
    return this.#assumed({ key, condition, subject: canonical(open), text, ...(allowed === undefined ? {} : { allowed }) });
  }

  #assumed(atom: Atom): Maybe<boolean> {
    const assumption = this.#assumptions.get(atom.key);
    if (assumption !== undefined) return assumption.holds;
    this.pending ??= atom;
    return unresolved(`the condition ${cut(atom.condition)} is open`);
  }
}

/** Resources whose `Ref` is the ARN of the secret that they belong to, and the property that names it. */
export const ownedSecret: ReadonlyMap<string, string> = new Map([
  ['AWS::SecretsManager::SecretTargetAttachment', 'SecretId'],
  ['AWS::SecretsManager::RotationSchedule', 'SecretId'],
  ['AWS::SecretsManager::ResourcePolicy', 'SecretId'],
]);

/** Splits a text, but not inside of `${…}`, which stands for something without that delimiter. */
function splitText(text: string, delimiter: string): readonly string[] {
  const holes: string[] = [];
  const masked = text.replace(/\$\{[^{}]*\}/g, (hole) => {
    holes.push(hole);
    return `\uE000${holes.length - 1}\uE001`;
  });
  if (holes.length === 0) return text.split(delimiter);
  return masked.split(delimiter).map((part) => part.replace(/\uE000(\d+)\uE001/g, (_all, index: string) => holes[Number(index)] ?? ''));
}

function comparable(value: unknown): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(String(value));
  if (!Array.isArray(value)) return undefined;
  const parts = (value as readonly unknown[]).map(comparable);
  return parts.includes(undefined) ? undefined : `[${parts.join()}]`;
}

function canonical(raw: unknown): string {
  return JSON.stringify(raw) ?? 'nothing';
}

function unresolved(detail: string): Unknown {
  return new Unknown('unresolved-reference', detail);
}

function pseudo(name: string): Unknown {
  return new Unknown('unresolved-reference', `Ref ${name}: known when it is deployed`, undefined, '', name);
}

function misused(name: string): Unknown {
  return new Unknown('malformed-response', `${name} is not written as CloudFormation wants it`);
}

/** A name that people gave, short enough for a message. */
function cut(name: string): string {
  return name.length > 120 ? `${name.slice(0, 120)}…` : name;
}
