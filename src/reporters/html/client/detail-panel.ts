import type { Evidence } from '../../../model/finding.ts';
import type { WaiverNote } from '../../../model/waiver.ts';
import { safeText } from '../../safe-text.ts';
import { stateTexts } from '../../state-texts.ts';
import { moment, severityWords, statusWords } from '../words.ts';
import { consoleLink } from './console-link.ts';
import { element } from './dom.ts';
import { fillIn } from './fill-in.ts';
import type { Row } from './rows.ts';

/** Everything about one finding: what is wrong, on what evidence, why it matters, how to mend it. */
export function detailPanel(row: Row): readonly HTMLElement[] {
  const { policy, detail } = row;
  return [
    element(
      'div',
      { class: 'panel-head' },
      element('span', { class: `badge sev-${row.severity}` }, severityWords[row.severity]),
      element('span', { class: `status st-${row.status}` }, statusWords[row.status]),
      element('span', { class: 'push' }),
      element('button', { type: 'button', 'data-copy-link': '' }, 'Copy link'),
      element('button', { type: 'button', 'data-close': '', 'aria-label': 'Close' }, '×'),
    ),
    element('h3', { id: 'panel-title', tabindex: '-1' }, safeText(policy.title)),
    ...(row.message === '' ? [] : [element('p', { class: 'lead' }, safeText(row.message))]),
    facts(row),
    ...unknownPart(row),
    ...evidencePart(detail.evidence ?? []),
    ...framePart(row),
    ...waiverPart('Accepted risk', detail.waiver),
    ...waiverPart('A waiver for this has expired', detail.expiredWaiver),
    ...(policy.description === '' ? [] : [element('h4', {}, 'Why it matters'), element('p', {}, safeText(policy.description))]),
    ...(row.status === 'pass' || row.status === 'not_applicable' ? [] : fixPart(row)),
    ...controlsPart(row),
  ];
}

function facts(row: Row): HTMLElement {
  const list = element('dl', { class: 'facts' });
  const add = (term: string, value: Node | string): void => {
    if (value !== '') list.append(element('dt', {}, term), element('dd', {}, value));
  };
  add('Resource', safeText(row.name));
  if (row.item !== '') add('Item', safeText(row.item));
  add('Type', safeText(row.type));
  add('Account', safeText(row.account));
  add('Region', safeText(row.region));
  if (row.address !== row.name) add('Address', safeText(row.address));
  const { location, change, firstSeen, lastSeen, dueAt } = row.detail;
  if (location !== undefined) add('Code', safeText(`${location.file}:${location.startLine}`));
  if (change !== undefined) add('The plan', change === 'none' ? 'leaves it as it is' : `will ${change} it`);
  if (row.state !== undefined) add('Since the last run', stateTexts[row.state]);
  if (firstSeen !== undefined) add('Open since', moment(firstSeen));
  if (lastSeen !== undefined) add('Last judged', moment(lastSeen));
  if (dueAt !== undefined) add('Due', `${moment(dueAt)}${row.due === 'overdue' ? ', overdue' : ''}`);
  if (row.plan !== undefined) add('The code', { fixed: 'fixes it', left: 'leaves it', undecided: 'cannot tell' }[row.plan]);
  const tags = Object.entries(row.tags).map(([key, value]) => `${key} = ${value}`);
  if (tags.length > 0) add('Tags', safeText(tags.join(', ')));
  add('Policy', safeText(row.policy.id));
  const link = consoleLink(row);
  if (link !== undefined)
    add('Console', element('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, 'Open in the AWS console'));
  return list;
}

function unknownPart({ detail }: Row): readonly HTMLElement[] {
  if (detail.unknown === undefined) return [];
  const items = detail.unknown.map(({ path, reason, detail: text, action }) =>
    element(
      'li',
      {},
      element('code', {}, safeText(path)),
      `: ${safeText(text === '' ? reason.replaceAll('-', ' ') : text)}`,
      action === undefined ? undefined : ` (${safeText(action)} would answer)`,
    ),
  );
  return [element('h4', {}, 'What could not be verified'), element('ul', { class: 'unknown-facts' }, ...items)];
}

function evidencePart(evidence: readonly Evidence[]): readonly HTMLElement[] {
  if (evidence.length === 0) return [];
  // Code is read by no call.
  const hasCalls = evidence.some(({ api }) => api !== undefined);
  const titles = ['Attribute', 'Value', ...(hasCalls ? ['Read by'] : [])];
  const head = element('tr', {}, ...titles.map((text) => element('th', { scope: 'col' }, text)));
  const rows = evidence.map((fact) => {
    const cells = [safeText(fact.path), valueText(fact), ...(hasCalls ? [safeText(fact.api ?? '')] : [])];
    return element('tr', {}, ...cells.map((text) => element('td', {}, text)));
  });
  return [
    element('h4', {}, 'Evidence'),
    element('table', { class: 'evidence' }, element('thead', {}, head), element('tbody', {}, ...rows)),
  ];
}

function valueText({ state, value }: Evidence): string {
  if (state === 'absent') return 'not set';
  if (state === 'unknown') return 'unknown';
  return safeText(typeof value === 'string' ? value : JSON.stringify(value));
}

function framePart({ detail: { location } }: Row): readonly HTMLElement[] {
  if (location?.frame === undefined) return [];
  const { startLine, text } = location.frame;
  const lines = text.split('\n').map((line, index) => `${String(startLine + index).padStart(5)}  ${safeText(line)}`);
  return [element('h4', {}, 'Code'), codeBlock(lines.join('\n'), 'Code', false)];
}

function waiverPart(title: string, waiver: WaiverNote | undefined): readonly HTMLElement[] {
  if (waiver === undefined) return [];
  const { id, reason, owner, expires, ticket } = waiver;
  const who = ticket === undefined ? owner : `${owner}, ${ticket}`;
  return [element('h4', {}, title), element('p', {}, safeText(`${reason} (${id}, ${who}; last day ${expires})`))];
}

function fixPart(row: Row): readonly HTMLElement[] {
  const { text, cli, terraform, cloudformation, url } = row.policy.remediation;
  const blocks = [
    ['Command line', cli],
    ['Terraform', terraform],
    ['CloudFormation', cloudformation],
  ] as const;
  return [
    element('h4', {}, 'How to mend it'),
    element('p', {}, safeText(text)),
    ...blocks.flatMap(([title, template]) =>
      template === undefined ? [] : [element('h5', {}, title), codeBlock(fillIn(template, row).trimEnd(), title, true)],
    ),
    ...(url !== undefined && /^https:\/\//.test(url)
      ? [element('p', {}, element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, 'Documentation'))]
      : []),
  ];
}

function codeBlock(text: string, title: string, canBeCopied: boolean): HTMLElement {
  const shown = text
    .split('\n')
    .map((line) => safeText(line))
    .join('\n');
  const block = element(
    'div',
    { class: 'code' },
    element('pre', { tabindex: '0', role: 'region', 'aria-label': title }, element('code', {}, shown)),
  );
  if (canBeCopied) block.append(element('button', { type: 'button', 'data-copy': '', 'aria-label': `Copy: ${title}` }, 'Copy'));
  return block;
}

function controlsPart({ policy }: Row): readonly HTMLElement[] {
  if (policy.controls.length === 0) return [];
  const items = policy.controls.map(({ framework, id }) => element('li', {}, safeText(`${framework} ${id}`)));
  return [element('h4', {}, 'Controls it gives evidence for'), element('ul', { class: 'controls' }, ...items)];
}
