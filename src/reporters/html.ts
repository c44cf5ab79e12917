import { page } from './html/page.ts';
import type { Reporter } from './reporter.ts';

/** A page for people: one file that works offline, loads nothing, and lets nothing that stands in a result run. */
export const htmlReporter: Reporter = {
  name: 'html',
  summary: 'a page for people, in one file',
  mediaType: 'text/html',
  render: (result, { history }) => ({ text: page(result, history), warnings: [] }),
};
