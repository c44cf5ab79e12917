import { locationIn, type SourceText } from '../../iac/source-text.ts';
import type { SourceLocation } from '../../model/location.ts';
import { Unknown } from '../../model/unknown.ts';
import type { Block, Path } from './block.ts';
import { placeIn, type Place } from './block-in-code.ts';
import { evaluate, pick, stepBudget, type Run, type Scope } from './evaluate.ts';
import { referencesOf } from './expression-references.ts';
import { JsonEncoded } from './json-encoded.ts';
import { expressionIn, locateInExpression } from './locate-in-expression.ts';
import type { ConfigModule, ModuleInstance } from './module-tree.ts';
import type { PlanReader } from './plan-reader.ts';
import type { FoundBlock, SourceTree } from './source-tree.ts';
import type { Sources } from './sources.ts';
import { writesCredential } from './written-credential.ts';

/** The expression of a local value in the form of `configuration`, for the index of the plan. */
export function localExpressions(tree: SourceTree): (module: ModuleInstance, name: string) => unknown {
  return ({ config }, name) => {
    const found = config && tree.any(config)?.local(name);
    return found && referencesOf(found.attribute.value);
  };
}

/** What the files say, by the plan that was made of them. */
export function sourcesOf(tree: SourceTree, reader: Pick<PlanReader, 'index' | 'placeOf'>): Sources {
  const startRun = (): Run => ({ reader, tree, steps: stepBudget, depth: 0 });
  const place = (
    block: Block,
    path: Path,
    files: 'any' | 'own',
    run: Run,
  ): { readonly source: SourceText; readonly place: Place } | undefined => {
    const found = findBlock(tree, block, files);
    return found && { source: found.source, place: placeIn(found.block, path, scopeOf(tree, block, found), run) };
  };
  return {
    evaluate: (block, path) => {
      const run = startRun();
      const at = place(block, path, 'any', run)?.place;
      if (at?.kind !== 'attribute') return undefined;
      const value = pick(intoEncoded(evaluate(at.attribute.value, at.scope, run), at.rest), at.rest);
      return value instanceof Unknown ? undefined : { value: value ?? undefined };
    },
    expression: (block, path) => {
      const at = place(block, path, 'any', startRun())?.place;
      const written = at?.kind === 'attribute' && at.scope.bound.size === 0 ? expressionIn(at.attribute.value, at.rest) : undefined;
      return written && referencesOf(written);
    },
    sets: (block, path) => {
      const at = place(block, path, 'any', startRun())?.place;
      return at && at.kind !== 'missing';
    },
    holdsCredential: (block, path, holds) => {
      const at = place(block, path, 'any', startRun())?.place;
      const { config } = block.module;
      return at?.kind === 'attribute' && writesCredential(at.attribute.value, holds, config && tree.any(config));
    },
    isEphemeral: (name) => {
      const found = tree.any(reader.index.root)?.find('variable', name);
      if (found === undefined) return undefined;
      const written = found.block.body.attributes.find((attribute) => attribute.name === 'ephemeral')?.value;
      return written === undefined ? false : written.kind === 'literal' ? written.value === true : undefined;
    },
    locate: (block, path) => {
      const at = place(block, path, 'own', startRun());
      return at ? locationOf(at.source, at.place, block.address) : callLocation(tree, block);
    },
  };
}

/** A path into `jsonencode(…)` leads into what it encodes. */
function intoEncoded(value: unknown, rest: Path): unknown {
  return value instanceof JsonEncoded && rest.length > 0 ? value.value : value;
}

function findBlock(tree: SourceTree, block: Block, files: 'any' | 'own'): FoundBlock | undefined {
  const { config } = block.module;
  return config && tree[files](config)?.find(block.mode === 'data' ? 'data' : 'resource', block.type, block.name);
}

function scopeOf(tree: SourceTree, block: Block, found: FoundBlock): Scope {
  const { config } = block.module;
  return {
    module: block.module,
    files: config && tree.any(config),
    key: block.key,
    forEach: found.block.body.attributes.find(({ name }) => name === 'for_each')?.value,
    bound: new Map(),
  };
}

function locationOf(source: SourceText, place: Place, address: string): SourceLocation {
  switch (place.kind) {
    case 'attribute': {
      const { attribute, rest } = place;
      const span = rest.length === 0 ? attribute.span : locateInExpression(attribute.value, rest);
      return locationIn(source, span.start, span.end, address);
    }
    case 'block':
      return locationIn(source, place.block.header.start, place.block.header.end, address);
    case 'missing':
    case 'unsure':
      return locationIn(source, place.around.header.start, place.around.header.end, address);
    default:
      return place satisfies never;
  }
}

/** Of a downloaded module: the call of it in the code that people can edit. */
function callLocation(tree: SourceTree, block: Block): SourceLocation | undefined {
  for (let module: ConfigModule | undefined = block.module.config; module?.parent !== undefined; module = module.parent) {
    const found = module.callName === undefined ? undefined : tree.own(module.parent)?.find('module', module.callName);
    if (found) return locationIn(found.source, found.block.header.start, found.block.header.end, block.address);
  }
  return undefined;
}
