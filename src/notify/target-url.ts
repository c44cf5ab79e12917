import { UserError } from '../model/errors.ts';

/** The URL of a channel: https, or http on the loopback interface. Throws UserError, which never quotes it: it may be the secret itself. */
export function targetUrl(text: string, what: string): URL {
  const wrong = (message: string, hint: string): UserError => new UserError('usage', `the URL of ${what} ${message}`, { hint });
  if (!URL.canParse(text.trim())) throw wrong('is none', 'write it as https://host/path');
  const url = new URL(text.trim());
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw wrong('is not https', 'messages name secrets and where they are weak, so they do not travel in clear');
  }
  if (url.username !== '' || url.password !== '') throw wrong('holds a user or a password', 'leave them out');
  url.hash = '';
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
