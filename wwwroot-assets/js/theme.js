// A classic script that the head loads before anything is drawn: the first frame already has the right colours.
(() => {
  const key = 'logprob-dashboard.theme';
  const system = matchMedia('(prefers-color-scheme: dark)');

  function chosen() {
    try {
      const value = localStorage.getItem(key);
      return value === 'light' || value === 'dark' ? value : 'system';
    } catch {
      return 'system'; // storage refused
    }
  }

  function apply() {
    const choice = chosen();
    const theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice;
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent('themechange', { detail: theme }));
  }

  window.logprobTheme = {
    get: chosen,
    set(choice) {
      try {
        if (choice === 'system') localStorage.removeItem(key);
        else localStorage.setItem(key, choice);
      } catch {
        // storage refused: the choice holds for no longer than this call, the system's setting stays
      }
      apply();
    },
  };

  system.addEventListener('change', apply);
  addEventListener('storage', event => event.key === key && apply()); // another tab
  apply();
})();
