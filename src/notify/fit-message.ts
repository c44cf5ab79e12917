import type { Listed, Message } from './message.ts';

/** Shorter and shorter lists; with none the rest is bounded by itself. */
const caps = [10, 5, 3, 1, 0];

/** The message with as much in its lists as a service takes: at most `limit` by `sizeOf`. Counts stay what they are. */
export function fitMessage(message: Message, limit: number, sizeOf: (message: Message) => number): Message {
  for (const cap of caps) {
    const shorter = capLists(message, cap);
    if (sizeOf(shorter) <= limit) return shorter;
  }
  return capLists(message, 0);
}

function capLists(message: Message, cap: number): Message {
  const one = <T>({ count, first }: Listed<T>): Listed<T> => ({ count, first: first.slice(0, cap) });
  const { changes, worst } = message;
  return {
    ...message,
    changes: {
      new: one(changes.new),
      reopened: one(changes.reopened),
      unverified: one(changes.unverified),
      fixed: one(changes.fixed),
      waived: one(changes.waived),
      overdue: one(changes.overdue),
      newGaps: one(changes.newGaps),
      goneGaps: one(changes.goneGaps),
      waivers: one(changes.waivers),
    },
    ...(worst === undefined ? {} : { worst: one(worst) }),
  };
}
