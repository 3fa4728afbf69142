// Numbers as the reader's language writes them (i18n.py: Speaker.short).

const formats = new Map();

export const short = (language, value) => {
  if (!formats.has(language)) {
    formats.set(language, new Intl.NumberFormat(language, { maximumFractionDigits: 2 }));
  }
  return formats.get(language).format(value);
};
