// Imported before the chart's library, which hands `navigator.language` to `Intl` as soon as it is loaded. Under
// some locales of Linux that is a name `Intl` refuses, such as `en-US@posix`, and the whole page would not start.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}

export {};
