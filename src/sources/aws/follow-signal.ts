import { setMaxListeners } from 'node:events';

/** A signal of our own, because many calls listen to it at once, which Node would warn about. */
export function followSignal(outer: AbortSignal): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const abort = (): void => {
    controller.abort();
  };
  if (outer.aborted) abort();
  else outer.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      outer.removeEventListener('abort', abort);
    },
  };
}
