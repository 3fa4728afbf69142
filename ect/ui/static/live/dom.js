// Elements in one call each.

const filled = (made, attributes, children) => {
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

export const html = (name, attributes = {}, ...children) =>
  filled(document.createElement(name), attributes, children);

export const svg = (name, attributes = {}, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

/** Set a text; one that is there already is left alone, so that nothing is read aloud twice. */
export const write = (place, text) => {
  if (place.textContent !== text) place.textContent = text;
};
