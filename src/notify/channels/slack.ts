import type { ChannelKind } from '../channel.ts';
import { channelKey } from '../hashes.ts';
import type { Message } from '../message.ts';
import { post } from '../post.ts';
import { sectionsOf, verdictLines, type Part, type Section } from '../sections.ts';
import { targetUrl } from '../target-url.ts';
import { cut } from '../visible-text.ts';

/**
 * What Slack takes, less a little.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
const limits = { header: 150, section: 2_900, blocks: 50, name: 120, text: 160 };
const url = '--slack <url>';

/** An incoming webhook of Slack, or of what understands the same. Slack knows no idempotency: a message that is sent again is there twice. */
export const slack: ChannelKind = {
  kind: 'slack',
  options: [
    { flag: url, env: 'SEALCHECK_SLACK_WEBHOOK_URL', description: 'incoming webhook of Slack, best in SEALCHECK_SLACK_WEBHOOK_URL' },
  ],
  open: (values) => {
    const target = values[url];
    if (target === undefined) return undefined;
    const to = targetUrl(target, 'Slack');
    return {
      kind: 'slack',
      key: channelKey('slack', to.href),
      payload: slackPayload,
      send: (message, world, signal) => post(to, JSON.stringify(slackPayload(message)), { 'Idempotency-Key': message.id }, world, signal),
      close: () => undefined,
    };
  },
};

export interface SlackPayload {
  /** What notifications show. */
  readonly text: string;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false } }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'context'; readonly elements: readonly [Mrkdwn] };

/** verbatim: what looks like a URL, a channel or a mention is left alone. */
interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

/** A message in Block Kit. */
export function slackPayload(message: Message): SlackPayload {
  const { headline, run, link } = message;
  const verdict = verdictLines(message).map((line) => prose(line, 300));
  const blocks: readonly SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: cut(headline, limits.header), emoji: false } },
    { type: 'section', text: mrkdwn(verdict.join('\n')) },
    ...sectionsOf(message).map((section): SlackBlock => ({ type: 'section', text: mrkdwn(sectionText(section)) })),
    ...(link === undefined ? [] : [{ type: 'section', text: mrkdwn(`<${linkUrl(link)}|Open the report>`) } as const]),
    { type: 'context', elements: [mrkdwn(`run ${code(run.id)}`)] },
  ];
  return { text: escapeEntities(headline), unfurl_links: false, unfurl_media: false, blocks: blocks.slice(0, limits.blocks) };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** As many lines as there is room for. */
function sectionText({ title, lines, more }: Section): string {
  let text = `*${prose(title, limits.text)}*`;
  let left = lines.length + more;
  for (const line of lines) {
    const written = `\n• ${line.map(writePart).join('')}`;
    if (text.length + written.length > limits.section - 30) break;
    text += written;
    left -= 1;
  }
  return left > 0 ? `${text}\nand ${left} more` : text;
}

function writePart({ kind, text }: Part): string {
  switch (kind) {
    case 'strong':
      return `*${prose(text, limits.text)}*`;
    case 'name':
      return code(text);
    case 'text':
      return prose(text, limits.text);
    default:
      return kind satisfies never;
  }
}

/** A span of code: nothing in it is formatted. What would end it is a visible escape. */
function code(text: string): string {
  return `\`${escapeEntities(cut(text.replaceAll('`', '\\u{60}').trim() || '(blank)', limits.name))}\``;
}

/** A sentence: what would format it is a visible escape too, since Slack knows no other. */
function prose(text: string, most: number): string {
  return escapeEntities(cut(text, most)).replace(/[*_~`]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** The three characters by which links, mentions and entities begin and end. */
function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function linkUrl(link: string): string {
  return escapeEntities(link.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'));
}
