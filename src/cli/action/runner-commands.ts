import { safeText } from '../../reporters/safe-text.ts';

/** One line that GitHub's runner acts on (docs "Workflow commands for GitHub Actions"). */
export function annotation(level: 'error' | 'warning' | 'notice', title: string, text: string): string {
  const lines = text.trim().split('\n').map(safeText);
  return `::${level} title=${escapeData(safeText(title)).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escapeData(lines.join('\n'))}\n`;
}

/** From here to `resumeCommands` of the same token the runner takes nothing for a command. */
export const stopCommands = (token: string): string => `::stop-commands::${token}\n`;
export const resumeCommands = (token: string): string => `::${token}::\n`;

/** The runner itself swallows the line and hides the value from then on. */
export const maskValue = (value: string): string => `::add-mask::${escapeData(value)}\n`;

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
