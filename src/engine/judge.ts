import type { UnknownFact } from '../model/finding.ts';
import type { Expression } from '../model/expression.ts';
import type { ParamValues, Policy } from '../model/policy.ts';
import type { Attributes } from '../model/resource.ts';
import type { SourceName } from '../model/source-name.ts';
import type { Unknown } from '../model/unknown.ts';
import { compile } from '../expressions/compile.ts';
import { slotCount } from '../expressions/compile-comprehension.ts';
import { BudgetExceeded, type Evaluate, type Frame, type Layout } from '../expressions/evaluation.ts';
import { Failure, isOpen, unknownsOf, type Open } from '../expressions/open-value.ts';
import { chainText } from '../expressions/reads.ts';
import { compileTemplate } from '../expressions/template.ts';
import { itemKeys } from './item-key.ts';
import { foldVerdicts, type ItemVerdict, type Judgement, type Verdict, type Violation } from './verdict.ts';

/** Steps that one policy may take on one resource: enough for thousands of statements, an end for hostile policies. */
const stepBudget = 250_000;

const slots = { resource: 0, params: 1, now: 2, variables: 3, item: 4 } as const;

/**
 * Judges resources by one policy. Attributes must have their unknowns placed (`placeUnknowns`). `label` stands in messages
 * for a name that is not known.
 */
export type Judge = (attributes: Attributes, source: SourceName, label?: string) => Judgement;

/** Compiles a policy with its params for one run; `now` in epoch milliseconds. */
export function createJudge(policy: Policy, params: ParamValues, now: number): Judge {
  const frame: Frame = { slots: new Array<unknown>(slotCount), steps: 0 };
  frame.slots[slots.params] = params;
  frame.slots[slots.now] = now;
  const layout: Layout = new Map([
    ['resource', slots.resource],
    ['params', slots.params],
    ['now', slots.now],
    ['variables', slots.variables],
    [policy.each?.variable ?? ' item', slots.item],
  ]);
  const variables = createVariables(policy, layout, frame);
  frame.slots[slots.variables] = variables.values;

  const exclude = policy.exclude.map((item) => ({ holds: compile(item.if, layout), excluded: whole(notApplicable(item.reason)) }));
  const when = policy.when && {
    holds: compile(policy.when.expression, layout),
    notMet: notApplicable(`condition not met: ${policy.when.text}`),
  };
  const elsewhere = whole(notApplicable(sourceReason(policy)));
  const assertions = policy.assert.map((assertion) => ({
    assertion,
    that: compile(assertion.that, layout),
    message: compileTemplate(assertion.message, layout),
  }));
  const list = policy.each && compile(policy.each.in, layout);
  // An absent list has no items; an absent attribute read while a list is computed is a mistake.
  const listIsChain = policy.each !== undefined && isAttribute(policy.each.in, policy);
  const key = policy.each?.key && compile(policy.each.key, layout);

  let label: string | undefined;

  /** A message about the resource by its name, or by what people call it until that is known. */
  const inWords = (message: (frame: Frame) => string): string => {
    const attributes = frame.slots[slots.resource] as Attributes;
    if (label === undefined || !isOpen(attributes['name'])) return message(frame);
    frame.slots[slots.resource] = { ...attributes, name: label };
    const text = message(frame);
    frame.slots[slots.resource] = attributes;
    return text;
  };

  /** The verdict on what the frame holds now; `open` are the excludes that could not be decided. */
  const decide = (open: readonly Open[]): Verdict => {
    const applies = when ? when.holds(frame) : true;
    if (when && applies === false) return when.notMet;
    const answers = assertions.map(({ that }) => that(frame));
    if (applies === true && open.length === 0 && answers.every((holds) => holds === true)) return pass;
    const results = assertions.map((candidate, index) => ({ ...candidate, holds: answers[index] }));
    const undecided = [...open, applies].filter(isOpen);
    const failed = undecided.some((part) => part instanceof Failure);
    if (!failed && results.every((result) => result.holds === true)) return pass;
    const violated = results.filter((result) => result.holds === false);
    if (undecided.length === 0) {
      const [first, ...more] = violated.map((result): Violation => ({ assertion: result.assertion, message: inWords(result.message) }));
      if (first) return { status: 'fail', violated: [first, ...more] };
    }
    const waiting = [...undecided, ...results.map((result) => result.holds).filter(isOpen)];
    return unknownVerdict(waiting, policy);
  };

  const place = (item: unknown): void => {
    frame.slots[slots.item] = item;
  };

  const keysOf = (elements: readonly unknown[]): readonly string[] => {
    const given = elements.map((item) => {
      if (!key) return undefined;
      place(item);
      const value = key(frame);
      return typeof value === 'string' ? value : undefined;
    });
    return itemKeys(elements, given);
  };

  const judgeItems = (elements: readonly unknown[], open: readonly Open[]): Judgement => {
    const verdicts = elements.map((item) => {
      place(item);
      return isOpen(item) ? unknownVerdict([item], policy) : decide(open);
    });
    // Only what is reported on its own needs a key, and keys cost a hash.
    const settled = !verdicts.some(({ status }) => status === 'fail' || status === 'unknown');
    // They fold into one verdict of the resource, so that none needs to be told from the others.
    if (settled) return verdicts.includes(pass) ? passes : whole(verdicts[0] ?? pass);
    const keys = keysOf(elements);
    const chain = policy.each && chainText(policy.each.in);
    const prefix = chain?.startsWith('resource.') ? chain.slice('resource.'.length) : undefined;
    const items = verdicts.map((verdict, index): ItemVerdict => {
      const path = prefix === undefined ? undefined : `${prefix}[${index}]`;
      return { key: keys[index] ?? String(index), path, item: elements[index], verdict };
    });
    return { kind: 'items', items: foldByKey(items), variable: policy.each?.variable ?? '' };
  };

  const judge = (attributes: Attributes, source: SourceName, name?: string): Judgement => {
    label = name;
    if (!policy.sources.includes(source)) return elsewhere;
    frame.slots[slots.resource] = attributes;
    frame.steps = stepBudget;
    variables.reset();
    // Kept apart: merged, one that errs would vanish behind one that is unknown, and all asserts true would pass.
    const open: Open[] = [];
    for (const { holds, excluded } of exclude) {
      const answer = holds(frame);
      if (answer === true) return excluded;
      if (isOpen(answer)) open.push(answer);
    }
    if (!list) {
      const verdict = decide(open);
      return verdict === pass ? passes : whole(verdict);
    }
    const elements = list(frame);
    if (elements instanceof Failure && elements.kind === 'absent' && listIsChain) return nothingToJudge;
    if (isOpen(elements)) return whole(unknownVerdict([...open, elements], policy));
    const items = elements as readonly unknown[];
    return items.length === 0 ? nothingToJudge : judgeItems(items, open);
  };

  return (attributes, source, name) => {
    try {
      return judge(attributes, source, name);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      return whole(unknownVerdict([new Failure(error.message, 0, 0)], policy));
    }
  };
}

/** Whether the expression is a chain of attributes of the resource, through variables that are such chains too. */
function isAttribute(expression: Expression, policy: Policy): boolean {
  if (expression.op === 'variable') return expression.name === 'resource';
  if (expression.op !== 'select') return false;
  const { target, field } = expression;
  if (target.op !== 'variable' || target.name !== 'variables') return isAttribute(target, policy);
  const variable = policy.variables.find((candidate) => candidate.name === field);
  return variable !== undefined && isAttribute(variable.expression, policy);
}

const pass: Verdict = { status: 'pass' };
const passes = whole(pass);
const nothingToJudge = whole(notApplicable('the list is empty'));

function notApplicable(reason: string): Verdict {
  return { status: 'not_applicable', reason };
}

function whole(verdict: Verdict): Judgement {
  return { kind: 'whole', verdict };
}

function sourceReason(policy: Policy): string {
  return policy.sources.length === 1 && policy.sources[0] === 'aws'
    ? 'only known in a live account'
    : `only judged in ${policy.sources.join(', ')}`;
}

/** The named expressions of a policy: computed when first read, once a resource, each in a frame of its own. */
function createVariables(policy: Policy, layout: Layout, frame: Frame): { readonly values: object; readonly reset: () => void } {
  const values = {};
  const cache = new Map<string, unknown>();
  for (const { name, expression } of policy.variables) {
    const evaluate: Evaluate = compile(expression, layout);
    const own: Frame = { slots: new Array<unknown>(slotCount), steps: 0 };
    Object.defineProperty(values, name, {
      enumerable: true,
      get: () => {
        if (cache.has(name)) return cache.get(name);
        for (const slot of [slots.resource, slots.params, slots.now, slots.variables]) own.slots[slot] = frame.slots[slot];
        own.steps = frame.steps;
        const value = evaluate(own);
        frame.steps = own.steps;
        cache.set(name, value);
        return value;
      },
    });
  }
  return {
    values,
    reset: () => {
      if (cache.size > 0) cache.clear();
    },
  };
}

function unknownVerdict(waiting: readonly Open[], policy: Policy): Verdict {
  const facts = waiting.flatMap((open) => (open instanceof Failure ? [failureFact(open)] : unknownsOf(open).map(unknownFact)));
  const unique = facts.length < 2 ? facts : [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
  const [first = { path: '', reason: 'policy-error', detail: 'the condition gave no verdict' } as const, ...rest] = unique;
  return { status: 'unknown', unknown: [first, ...rest], asserts: policy.assert };
}

function unknownFact({ path, reason, detail, action }: Unknown): UnknownFact {
  return { path, reason, detail, ...(action === undefined ? {} : { action }) };
}

function failureFact({ message }: Failure): UnknownFact {
  return { path: '', reason: 'policy-error', detail: message };
}

function foldByKey(items: readonly ItemVerdict[]): readonly ItemVerdict[] {
  const groups = new Map<string, [ItemVerdict, ...ItemVerdict[]]>();
  for (const item of items) {
    const group = groups.get(item.key);
    if (group) group.push(item);
    else groups.set(item.key, [item]);
  }
  return [...groups.values()].map((group) => {
    if (group.length === 1) return group[0];
    const [first, ...rest] = group.map((item) => item.verdict);
    const verdict = foldVerdicts([first as Verdict, ...rest]);
    return { ...(group.find((item) => item.verdict.status === verdict.status) ?? group[0]), verdict };
  });
}
