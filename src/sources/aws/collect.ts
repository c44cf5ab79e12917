import type { Collection, Scope, ScopeModel } from '../../model/resource.ts';
import { regionsOf } from './account-regions.ts';
import { loadApis } from './clients.ts';
import type { Place } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import type { Failure } from './failures.ts';
import { followSignal } from './follow-signal.ts';
import { neededCollectors, neededOperations, provenanceOf } from './needed-collectors.ts';
import type { AwsContext, AwsOptions } from './options.ts';
import { gapsOf, readScope, type RunFacts } from './read-scope.ts';
import { checkRegionNames, regionNote } from './regions.ts';
import { openSessions, requireOneOpen, type AccountSession, type ClosedAccount } from './session.ts';
import { resolveTuning } from './tuning.ts';

/**
 * Reads live accounts, and only what the needs call for.
 *
 * Whatever AWS denies, throttles for good, answers too late or not at all comes back as Unknown attributes or as gaps.
 * Throws UserError: `credentials-failed` when no account could be entered, `region-unknown`, `usage`.
 */
export async function collectAws(options: AwsOptions, context: AwsContext): Promise<Collection> {
  checkRegionNames(options.regions);
  const tuning = resolveTuning(context.tuning);
  const { needs } = context;
  const notes = new Set<string>();
  const end = followSignal(context.signal);
  try {
    const sessions = await openSessions(options, tuning, end.signal);
    requireOneOpen(sessions, end.signal);
    await loadApis(neededOperations(needs, options));
    const run: RunFacts = {
      needs,
      flags: options,
      tuning,
      signal: end.signal,
      homeRegion: sessions.homeRegion,
      onProgress: context.onProgress,
      note: (text) => notes.add(text),
    };
    const failed = sessions.closed.flatMap((closed) => closedScopes(closed, options, run));
    const planned = (await Promise.all(sessions.open.map((session) => planScopes(session, options, run)))).flat();
    const total = planned.length + failed.length;
    let done = failed.length;
    const read = await mapLimited(planned, tuning.regionConcurrency, async (plan) => {
      const model = await plan();
      done += 1;
      run.onProgress({ kind: 'scope', scope: model.scope.id, status: model.status, done, total });
      return model;
    });
    const scopes = [...failed, ...read].sort((a, b) => (a.scope.id < b.scope.id ? -1 : 1));
    return {
      scopes,
      provenance: provenanceOf(needs),
      notes: [...notes].sort(),
      ...(end.signal.aborted ? { interrupted: true as const } : {}),
    };
  } finally {
    end.release();
  }
}

type Plan = () => Promise<ScopeModel>;

async function planScopes(session: AccountSession, options: AwsOptions, run: RunFacts): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  if (needsPlace(run, 'region')) {
    const choice = await regionsOf(session, options, run);
    const note = regionNote(session.account, choice);
    if (note !== undefined) run.note(note);
    for (const region of choice.regions) plans.push(() => readScope(session, region, run));
    if (choice.regions.length === 0 && choice.failure !== undefined) {
      const model = failedScope({ ...accountOf(session), caller: session.caller }, undefined, choice.failure, run, 'region');
      plans.push(() => Promise.resolve(model));
    }
  }
  if (needsPlace(run, 'account')) plans.push(() => readScope(session, 'global', run));
  return plans;
}

/** The scopes that an account would have had. */
function closedScopes(closed: ClosedAccount, options: AwsOptions, run: RunFacts): readonly ScopeModel[] {
  const regions: readonly (string | undefined)[] =
    options.regions === 'all'
      ? [undefined]
      : options.regions === undefined || options.regions.length === 0
        ? [run.homeRegion]
        : options.regions;
  return [
    ...(needsPlace(run, 'region')
      ? [...new Set(regions)].map((region) => failedScope(accountOf(closed), region, closed.failure, run, 'region'))
      : []),
    ...(needsPlace(run, 'account') ? [failedScope(accountOf(closed), 'global', closed.failure, run, 'account')] : []),
  ];
}

function failedScope(
  account: Pick<Scope, 'account' | 'partition' | 'caller'>,
  region: string | undefined,
  failure: Failure,
  run: RunFacts,
  place: Place,
): ScopeModel {
  const id = ['aws', account.account ?? 'caller', region].filter((part) => part !== undefined).join('/');
  const scope: Scope = { id, source: 'aws', ...account, ...(region === undefined ? {} : { region }) };
  const types = neededCollectors(run.needs)
    .filter((collector) => collector.place === place)
    .map(({ type }) => type);
  // The region is not what failed, so the hint must not blame it.
  return { scope, status: 'failed', resources: [], gaps: gapsOf([failure], account, run.needs, types) };
}

function accountOf(account: { readonly account?: string; readonly partition?: string }): Pick<Scope, 'account' | 'partition'> {
  return {
    ...(account.account === undefined ? {} : { account: account.account }),
    ...(account.partition === undefined ? {} : { partition: account.partition }),
  };
}

function needsPlace(run: Pick<RunFacts, 'needs'>, place: Place): boolean {
  return neededCollectors(run.needs).some((collector) => collector.place === place);
}
