import type { Template, TextKind } from '../model/expression.ts';
import { compile } from './compile.ts';
import type { Evaluate, Frame, Layout } from './evaluation.ts';
import { Failure, isOpen } from './open-value.ts';

/** Compiles a text with `{{ expressions }}`: unknown parts read `<unknown>`, absent ones `<absent>`. */
export function compileTemplate(template: Template, layout: Layout): (frame: Frame) => string {
  const parts = template.map((part) => (typeof part === 'string' ? part : renderPart(compile(part.expression, layout), part.kind)));
  return (frame) => parts.map((part) => (typeof part === 'string' ? part : part(frame))).join('');
}

function renderPart(evaluate: Evaluate, kind: TextKind): (frame: Frame) => string {
  return (frame) => formatValue(evaluate(frame), kind);
}

/** A value as people read it: dates and times in UTC, durations in days or hours, lists with commas. */
function formatValue(value: unknown, kind: TextKind): string {
  if (value === undefined) return '<absent>';
  if (value instanceof Failure) return value.kind === 'absent' ? '<absent>' : '<error>';
  if (isOpen(value)) return '<unknown>';
  if (kind === 'timestamp' && typeof value === 'number') return formatTime(value);
  if (kind === 'duration' && typeof value === 'number') return formatDuration(value);
  if (Array.isArray(value)) return value.map((element) => formatValue(element, kind)).join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '<object>';
}

function formatTime(time: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '<unknown>';
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

function formatDuration(span: number): string {
  const hours = span / 3_600_000;
  if (Number.isInteger(hours / 24)) return plural(hours / 24, 'day');
  return plural(Math.round(hours * 10) / 10, 'hour');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
