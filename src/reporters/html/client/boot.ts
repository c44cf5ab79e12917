import { storedTheme } from './theme.ts';

// Before anything is drawn, so that nothing flashes.
const root = document.documentElement;
root.classList.add('js');
const theme = storedTheme();
if (theme !== undefined) root.dataset['theme'] = theme;
