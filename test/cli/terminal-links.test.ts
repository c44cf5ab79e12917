import { describe, expect, it } from 'vitest';
import { hasLinks } from '../../src/cli/terminal-links.ts';

describe('hyperlinks', () => {
  it.each<readonly [what: string, env: { readonly [name: string]: string }, isTerminal: boolean, expected: boolean]>([
    ['in a terminal that is known to have them', { TERM_PROGRAM: 'iTerm.app', TERM: 'xterm-256color' }, true, true],
    ['in kitty', { TERM: 'xterm-kitty' }, true, true],
    ['in Windows Terminal', { WT_SESSION: 'x' }, true, true],
    ['in GNOME Terminal', { VTE_VERSION: '7006', TERM: 'xterm-256color' }, true, true],
    ['not in the version of it that crashed', { VTE_VERSION: '5000', TERM: 'xterm-256color' }, true, false],
    ['not in a terminal that nothing is known of', { TERM: 'xterm-256color' }, true, false],
    ['not in macOS Terminal', { TERM_PROGRAM: 'Apple_Terminal', TERM: 'xterm-256color' }, true, false],
    ['not where it is no terminal', { TERM_PROGRAM: 'iTerm.app' }, false, false],
    ['not where it is no terminal, though forced', { FORCE_HYPERLINK: '1' }, false, false],
    ['where they are forced', { FORCE_HYPERLINK: '1', TERM: 'xterm' }, true, true],
    ['not where they are refused', { FORCE_HYPERLINK: '0', TERM_PROGRAM: 'iTerm.app' }, true, false],
    ['not in a dumb terminal', { TERM: 'dumb', FORCE_HYPERLINK: '1' }, true, false],
    ['not in CI', { CI: 'true', TERM_PROGRAM: 'vscode' }, true, false],
    ['not through tmux', { TERM: 'tmux-256color', TERM_PROGRAM: 'WezTerm' }, true, false],
  ])('are written %s', (_, env, isTerminal, expected) => {
    expect(hasLinks(env, isTerminal)).toBe(expected);
  });
});
