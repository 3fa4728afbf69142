// The board of What if, drawn while a slider moves. The server is told as ever, by Streamlit's own slider,
// and its answer is drawn over what was worked out here.

import { answer, readLink, standing, supposing } from "./answer.js";
import { html, write } from "./dom.js";
import { radar } from "./radar.js";
import { Follower } from "./sliders.js";

const page = { model: null, told: null, place: null, board: null };

/** Take the model (once a page) or an answer of the server (at each change), and draw. */
export default function ({ data, parentElement }) {
  if (data.model) Object.assign(page, { model: data.model, board: null });
  else Object.assign(page, { told: data.told, place: parentElement });
  if (page.model && page.told) {
    const heard = readLink(page.told.link);
    follower.follow(page.model.sliders, (target) => heard.get(target) ?? standing(page.model, target));
  }
  draw();
  if (data.model) return undefined;
  return () => {
    follower.stop();
    Object.assign(page, { model: null, told: null, place: null, board: null });
  };
}

const draw = () => {
  const { model, told, place } = page;
  if (!model || !told) return;
  page.board ??= board(model, place);
  const { moves } = follower;
  const supposed = () => supposing(model, readLink(told.link), moves);
  const found = moves.size ? answer(model, supposed(), told.all) : told.answer;
  if (found) page.board(found);
};

const follower = new Follower(draw);

const board = (model, place) => {
  const { headers } = model.words;
  const said = html("strong");
  const head = headers.map((text, i) =>
    html("th", { scope: "col", ...(i < 2 && { class: "text" }) }, html("span", {}, text)),
  );
  const body = html("tbody");
  const table = html("table", {}, html("thead", {}, html("tr", {}, ...head)), body);
  const chart = radar(model.radar);
  place.replaceChildren(
    html("p", { role: "status" }, said),
    html("div", { class: "ect-table", tabindex: 0, role: "region", "aria-label": headers[0] }, table),
    chart.root,
  );
  const lines = new Map();
  const line = (terrain) => {
    if (!lines.has(terrain)) lines.set(terrain, tableLine(headers.length));
    return lines.get(terrain);
  };
  return ({ sentence, rows, radar: series }) => {
    write(said, sentence);
    const shown = rows.map(({ terrain, cells }) => {
      const { texts, row } = line(terrain);
      texts.forEach((text, i) => write(text, cells[i]));
      return row;
    });
    if (shown.length !== body.rows.length || shown.some((row, i) => row !== body.rows[i])) {
      body.replaceChildren(...shown);
    }
    chart.draw(series);
  };
};

// The rank and the supposed total stand out.
const tableLine = (length) => {
  const cells = Array.from({ length }, (_, i) =>
    i ? html("td", i === 1 ? { class: "text" } : {}) : html("th", { scope: "row" }),
  );
  const texts = cells.map((cell, i) => (i === 0 || i === 3 ? cell.appendChild(html("b")) : cell));
  return { texts, row: html("tr", {}, ...cells) };
};
