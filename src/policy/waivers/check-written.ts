import type { Diagnostic } from '../../model/errors.ts';
import { waivable, type Waivable, type Waiver, type WrittenField, type WrittenWaiver } from '../../model/waiver.ts';
import { nearestName } from '../../expressions/nearest-name.ts';
import { dayOf } from '../../resources/calendar-day.ts';
import { failOnErrors, type LoadedWaivers, type WaiverRules } from './load-waivers.ts';
import { dayProblems } from './waiver-days.ts';

const required = ['policy', 'until', 'reason', 'owner'] as const;
const names = [...required, 'covers', 'ticket', 'approvedBy', 'created', 'id'];

/**
 * Checks the waivers that stand beside code: they have the duties of those in a file. Without `created` their length counts from today.
 * Throws UserError `waiver-invalid` with every mistake.
 *
 * @param now epoch milliseconds
 */
export function checkWritten(written: readonly WrittenWaiver[], rules: WaiverRules, now: number): LoadedWaivers {
  const checked = written.map((one) => checkOne(one, rules, now));
  const diagnostics = checked.flatMap((one) => one.diagnostics);
  failOnErrors(diagnostics);
  return { waivers: checked.flatMap(({ waiver }) => (waiver === undefined ? [] : [waiver])), warnings: diagnostics };
}

type Place = Pick<WrittenField, 'line' | 'column'>;

function checkOne(
  written: WrittenWaiver,
  rules: WaiverRules,
  now: number,
): { readonly waiver?: Waiver; readonly diagnostics: readonly Diagnostic[] } {
  const { file, line, match, excerpt, fields } = written;
  const diagnostics: Diagnostic[] = [];
  const add = (place: Place, message: string, hint?: string, severity: Diagnostic['severity'] = 'error'): void => {
    diagnostics.push({
      severity,
      file,
      line: place.line,
      column: place.column,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(excerpt === undefined ? {} : { excerpt }),
    });
  };
  for (const { message, hint, ...place } of written.problems) add(place, message, hint);
  if (written.problems.length > 0) return { diagnostics };

  const byName = new Map<string, WrittenField>();
  for (const field of fields) {
    if (!names.includes(field.name)) {
      const nearest = nearestName(field.name, names);
      add(field, `a waiver has no ${field.name}`, nearest ? `did you mean ${nearest}?` : `it takes ${names.join(', ')}`);
    } else if (byName.has(field.name)) add(field, `${field.name} stands here twice`);
    else byName.set(field.name, field);
  }
  const valueOf = (name: string): string | undefined => byName.get(name)?.value.trim();
  for (const name of required) {
    const field = byName.get(name);
    if (field === undefined) add(written, `${name} is missing`, name === 'policy' ? 'the id of the policy comes first' : undefined);
    else if (field.value.trim() === '') add(field, `${name} must not be empty`);
  }
  const policies = listOf(valueOf('policy'));
  const policyPlace = byName.get('policy') ?? written;
  if (policies.length === 0 && (valueOf('policy') ?? '') !== '') add(policyPlace, 'no policy is named', 'the id of the policy comes first');
  const id = byName.get('id');
  if (id?.value.trim() === '') add(id, 'id must not be empty', 'leave it out: file and line then name the waiver');
  for (const id of policies) {
    if (id === '*' && policies.length === 1) continue;
    const nearest = nearestName(id, rules.policyIds);
    if (id.includes('*')) add(policyPlace, `${id} is a pattern`, "write the ids with commas between; only '*' alone is every policy");
    else if (!rules.policyIds.includes(id)) {
      const hint = nearest ? `did you mean ${nearest}?` : 'sealcheck policies list shows them all; --policies adds your own';
      add(policyPlace, `no policy of this run or of the pack is called ${id}`, hint, 'warning');
    }
  }
  const covers = listOf(valueOf('covers') ?? 'fail');
  const wrong = covers.find((word) => !isWaivable(word));
  if (wrong !== undefined || covers.length === 0) add(byName.get('covers') ?? written, `expected one of ${waivable.join(', ')}`);
  const [expires = '', created] = [valueOf('until'), valueOf('created')];
  if (expires !== '') {
    for (const { field, message, hint } of dayProblems(
      { expires, ...(created === undefined ? {} : { created }) },
      dayOf(now),
      rules.maxDays,
    )) {
      const name = field === 'expires' ? 'until' : field;
      add(byName.get(name) ?? written, message.replace(/^expires /, 'until '), hint);
    }
  }
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics };
  const [ticket, approvedBy] = [valueOf('ticket'), valueOf('approvedBy')];
  const waiver: Waiver = {
    id: valueOf('id') ?? `${file}:${line}`,
    target: { kind: 'code', policies, covers: covers.filter(isWaivable), match },
    reason: valueOf('reason') ?? '',
    owner: valueOf('owner') ?? '',
    ...(ticket === undefined ? {} : { ticket }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(created === undefined ? {} : { created }),
    expires,
    place: { file, line, inline: true },
  };
  return { waiver, diagnostics };
}

function listOf(text = ''): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isWaivable(word: string): word is Waivable {
  return (waivable as readonly string[]).includes(word);
}
