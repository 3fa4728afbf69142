// Numbers, and what they are of, as the reader's language writes them (i18n.py: Speaker).

const formats = new Map();

export const short = (language, value) => {
  if (!formats.has(language)) {
    formats.set(language, new Intl.NumberFormat(language, { maximumFractionDigits: 2 }));
  }
  return formats.get(language).format(value);
};

export const pair = (language, name, value) => `${name}${language === "fr" ? "\u00a0" : ""}: ${value}`;
