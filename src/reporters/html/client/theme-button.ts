import { byId } from './dom.ts';
import { currentTheme, setTheme } from './theme.ts';

/** The button that turns the page dark or light, and says which of them it would do. */
export function startThemeButton(): void {
  const button = byId('theme', HTMLButtonElement);
  const show = (): void => {
    button.textContent = currentTheme() === 'dark' ? 'Turn light' : 'Turn dark';
  };
  button.addEventListener('click', () => {
    setTheme(currentTheme() === 'dark' ? 'light' : 'dark');
    show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  show();
}
