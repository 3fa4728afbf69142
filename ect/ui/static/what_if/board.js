// The board of What if, drawn while a slider moves. The server is told as ever, by Streamlit's own slider,
// and its answer is drawn over what was worked out here.

import { answer, readLink, standing, supposing } from "./answer.js";
import { radar } from "./radar.js";

const page = { model: null, told: null, place: null, board: null, moves: new Map() };

/** Take the model (once a page) or an answer of the server (at each change), and draw. */
export default function ({ data, parentElement }) {
  if (data.model) {
    Object.assign(page, { model: data.model, board: null });
    page.moves.clear();
    draw();
    return undefined;
  }
  Object.assign(page, { told: data.told, place: parentElement });
  for (const [target, value] of page.moves) move(target, value);
  watcher.observe(document.body, { subtree: true, attributeFilter: ["aria-valuetext"] });
  draw();
  return () => {
    watcher.disconnect();
    Object.assign(page, { model: null, told: null, place: null, board: null });
    page.moves.clear();
  };
}

// What the server has heard of is no longer a move of ours.
const move = (target, value) => {
  const heard = readLink(page.told.link).get(target) ?? standing(page.model, target);
  if (value === heard) page.moves.delete(target);
  else page.moves.set(target, value);
};

const watcher = new MutationObserver((records) => {
  const { model, told } = page;
  if (!model || !told) return;
  for (const { target } of records) {
    const holder = target.closest('[class*="st-key-what-if"]');
    const slider = [...(holder?.classList ?? [])].map((name) => model.sliders[name]).find(Boolean);
    const stop = slider?.stops[target.value];
    if (stop !== undefined) move(slider.target, stop);
  }
  draw();
});

const draw = () => {
  const { model, told, place, moves } = page;
  if (!model || !told || !place) return;
  page.board ??= board(model, place);
  const found = moves.size ? answer(model, supposing(model, readLink(told.link), moves), told.all) : told.answer;
  if (found) page.board(found);
};

const node = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const board = (model, place) => {
  const said = node("strong");
  const head = model.words.headers.map((text, i) =>
    node("th", { scope: "col", ...(i < 2 && { class: "text" }) }, node("span", {}, text)),
  );
  const body = node("tbody");
  const table = node("table", {}, node("thead", {}, node("tr", {}, ...head)), body);
  const chart = radar(model.radar);
  place.replaceChildren(
    node("p", { role: "status" }, said),
    node("div", { class: "ect-table", tabindex: 0, role: "region", "aria-label": model.words.headers[0] }, table),
    chart.root,
  );
  const lines = new Map();
  const line = (terrain) => {
    if (!lines.has(terrain)) {
      const cells = model.words.headers.map((_, i) =>
        i ? node("td", i === 1 ? { class: "text" } : {}) : node("th", { scope: "row" }),
      );
      const texts = cells.map((cell, i) => (i === 0 || i === 3 ? cell.appendChild(node("b")) : cell));
      lines.set(terrain, { texts, row: node("tr", {}, ...cells) });
    }
    return lines.get(terrain);
  };
  return ({ sentence, rows, radar: series }) => {
    write(said, sentence);
    const shown = rows.map(({ terrain, cells }) => {
      const { texts, row } = line(terrain);
      texts.forEach((place, i) => write(place, cells[i]));
      return row;
    });
    if (shown.length !== body.rows.length || shown.some((row, i) => row !== body.rows[i])) {
      body.replaceChildren(...shown);
    }
    chart.draw(series);
  };
};

const write = (place, text) => {
  if (place.textContent !== text) place.textContent = text;
};
