import type { Io } from './io.ts';

/** Programs that show OSC 8 hyperlinks, by TERM_PROGRAM. */
const programs = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'rio', 'WarpTerminal', 'mintty', 'zed']);
/** The same by TERM. */
const terms = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)/;

/**
 * Whether the terminal shows OSC 8 hyperlinks. There is no asking it, and one that does not know them may print them as text: so only
 * those that are known to. FORCE_HYPERLINK says it for the others, and 0 for none.
 */
export function hasLinks(env: Io['env'], isTerminal: boolean): boolean {
  const forced = env['FORCE_HYPERLINK'];
  if (forced === '0') return false;
  if (!isTerminal || env['TERM'] === 'dumb') return false;
  if (forced !== undefined && forced !== '') return true;
  if (env['CI'] !== undefined || env['TEAMCITY_VERSION'] !== undefined) return false;
  // Through these, links reach the outer terminal only where that is set up.
  if (/^(?:screen|tmux|linux)/.test(env['TERM'] ?? '')) return false;
  return (
    programs.has(env['TERM_PROGRAM'] ?? '') ||
    terms.test(env['TERM'] ?? '') ||
    env['WT_SESSION'] !== undefined ||
    env['KONSOLE_VERSION'] !== undefined ||
    env['DOMTERM'] !== undefined ||
    // GNOME Terminal and its relatives; 0.50.0 crashed on them.
    Number(env['VTE_VERSION'] ?? 0) > 5000
  );
}
