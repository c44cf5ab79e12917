import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeltaFinding } from '../../src/model/run-delta.ts';
import { slack, slackPayload, type SlackPayload } from '../../src/notify/channels/slack.ts';
import { findChanges, type Compared } from '../../src/notify/find-changes.ts';
import { makeMessage } from '../../src/notify/make-message.ts';
import { messageKinds, type MessageKind } from '../../src/notify/message.ts';
import { change, comparedRuns, keptRun, secret, waiver } from './runs.ts';
import { startReceiver } from './receiver.ts';
import { fakeWorld, never } from './world.ts';

const finding = secret('a');

function payloadOf(compared: Compared, kind: MessageKind = 'change', link?: string): SlackPayload {
  const made = makeMessage({ kind, compared, changes: findChanges(compared), ...(link === undefined ? {} : { link }) });
  return slackPayload({ ...made, id: '0'.repeat(64) });
}

function mrkdwnOf({ blocks }: SlackPayload): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === 'section' ? [block.text.text] : block.type === 'context' ? block.elements.map(({ text }) => text) : [],
  );
}

function named(name: string): SlackPayload {
  const one = change(finding, { name, scope: name, title: name, itemKey: name });
  return payloadOf(comparedRuns(keptRun(1, []), keptRun(2, [finding]), { new: [one] }));
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom('<!channel>', '<@U123>', '<https://evil.example|here>', '`', '*', '_', '~', '&', '>', '\n', '@here', '🔑', 'a '),
      {
        maxLength: 200,
      },
    )
    .map((parts) => parts.join('')),
);

const findings: fc.Arbitrary<readonly DeltaFinding[]> = fc.array(
  fc.tuple(hostile, hostile).map(([name, title]) => change(finding, { name, title, scope: name, itemKey: title, address: name })),
  { maxLength: 15 },
);

describe('a message for Slack', () => {
  it('says it in blocks', () => {
    const compared = comparedRuns(
      keptRun(1, [], { outcome: 'compliant' }),
      keptRun(2, [finding], { waivers: [waiver('w', '2026-11-05')] }),
      { new: [change(finding)] },
    );
    const payload = payloadOf(compared, 'change', 'https://reports.example.com/a?b=1&c=|2');
    expect(payload.text).toBe('Sealcheck: 1 new, 1 waiver ends, now violations; 1 failing (1 high)');
    expect(payload.blocks[0]).toEqual({ type: 'header', text: { type: 'plain_text', text: payload.text, emoji: false } });
    expect(mrkdwnOf(payload)).toEqual([
      'violations (was compliant): it is violations\nrun of 2026-11-03 08:00 UTC, compared with the run of 2026-11-02 08:00 UTC',
      '*New (1)*\n• *high* Secrets rotate: `a` in `aws/123456789012/us-east-1`',
      '*Waivers that end (1)*\n• `w` of `team-payments`, until 2026-11-05, covers 2',
      '<https://reports.example.com/a?b=1&amp;c=%7C2|Open the report>',
      'run `run-0002`',
    ]);
  });

  it.each([
    ['everybody', '<!channel>', '&lt;!channel&gt;'],
    ['somebody', '<@U012345>', '&lt;@U012345&gt;'],
    ['a link', '<https://evil.example|reset>', '&lt;https://evil.example|reset&gt;'],
    ['an entity', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['the end of the span', 'a` <!here> `b', 'a\\u{60} &lt;!here&gt; \\u{60}b'],
    ['lines', 'a\n> quote', 'a\\u{a}&gt; quote'],
  ])('does not let a name call %s', (_name, name, shown) => {
    const [, section = ''] = mrkdwnOf(named(name));
    expect(section).toContain(`\`${shown}\``);
  });

  it('is within what Slack takes, and holds no markup but ours, whatever names are', () => {
    fc.assert(
      fc.property(findings, findings, fc.constantFrom(...messageKinds), (one, other, kind) => {
        const delta = { new: one, reopened: other, unverified: one, fixed: other, waived: one };
        const open = [...one, ...other].map((each) => ({ ...each, dueAt: '2026-11-02T20:00:00Z' }));
        const payload = payloadOf(comparedRuns(keptRun(1, []), keptRun(2, []), delta, open), kind);
        expect(payload.blocks.length).toBeLessThanOrEqual(50);
        for (const block of payload.blocks) {
          if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
          else expect(block.type === 'section' ? block.text.verbatim : block.elements[0].verbatim).toBe(true);
        }
        for (const text of mrkdwnOf(payload)) {
          expect(text.length).toBeLessThanOrEqual(3000);
          expect(text.length).toBeGreaterThan(0);
          expect(text).not.toMatch(/[<>]/);
          expect(text.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
          // Each line is text and spans of code that are closed on it; outside of these the stars are those of ours.
          for (const line of text.split('\n')) {
            const pieces = line.split('`');
            expect(pieces.length % 2).toBe(1);
            const outside = pieces.filter((_, index) => index % 2 === 0).join('');
            expect(outside).not.toMatch(/[_~]/);
            expect(outside.match(/\*/g)?.length ?? 0).toBeLessThanOrEqual(2);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('counts what had no room', () => {
    const long = Array.from({ length: 10 }, (_, index) => change(secret(`${index}${'&'.repeat(300)}`), { title: '*'.repeat(300) }));
    const [, section = ''] = mrkdwnOf(payloadOf(comparedRuns(keptRun(1, []), keptRun(2, []), { new: long })));
    const shown = section.split('\n•').length - 1;
    expect(shown).toBeGreaterThan(0);
    expect(section).toMatch(new RegExp(`\nand ${10 - shown} more$`));
  });

  it('is posted to the webhook', async () => {
    const { url, received } = await startReceiver({ status: 200 });
    const channel = slack.open({ '--slack <url>': `${url}/services/FAKE` });
    const compared = comparedRuns(undefined, keptRun(1, [finding]));
    const message = { ...makeMessage({ kind: 'summary', compared, changes: findChanges(compared) }), id: '0'.repeat(64) };
    expect(await channel?.send(message, fakeWorld(), never)).toEqual({ ok: true });
    expect(JSON.parse(received[0]?.body ?? '')).toEqual(channel?.payload(message));
    expect(received[0]?.url).toBe('/services/FAKE');
  });
});
