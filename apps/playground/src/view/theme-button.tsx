import { useEffect, useState } from 'preact/hooks';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const key = 'cognate-theme';

/** Storage may be forbidden: then the choice is for this visit. */
function stored(): Theme {
  try {
    const found = localStorage.getItem(key);
    return themes.find((theme) => theme === found) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Goes from the system's colours to light ones to dark ones. */
export function ThemeButton() {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(key, theme);
    } catch {
      // Nothing is lost but the memory of it.
    }
  }, [theme]);
  return (
    <button
      type="button"
      class="plain"
      onClick={() => {
        setTheme(themes[(themes.indexOf(theme) + 1) % themes.length]);
      }}
    >
      Colours: {theme}
    </button>
  );
}
