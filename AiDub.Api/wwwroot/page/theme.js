// Runs before the page is drawn, so that a chosen theme never flashes.
(() => {
  const themes = ['auto', 'light', 'dark'];
  const kept = () => {
    try { return localStorage.getItem('aidub.theme'); } catch { return null; }
  };
  let theme = themes.includes(kept()) ? kept() : 'auto';
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new Event('themechange'));
  };
  apply();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => document.dispatchEvent(new Event('themechange')));
  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const label = () => { button.textContent = `Theme: ${theme}`; };
    label();
    button.addEventListener('click', () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      try { localStorage.setItem('aidub.theme', theme); } catch { /* it lasts as long as the page */ }
      apply();
      label();
    });
  });
})();
