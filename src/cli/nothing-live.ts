import { UserError } from '../model/errors.ts';
import type { Configured } from './config/configure.ts';

/** The error of a command that reads live accounts, and was told of none. `verb` is what it would have done. */
export function nothingLive(verb: string, { config }: Configured): UserError {
  const hint = config === undefined ? 'give --aws' : `give --aws, or say sources: { aws: true } in ${config.shown}`;
  return new UserError('usage', `nothing to ${verb}`, { hint });
}
