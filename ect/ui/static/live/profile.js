// The radar of Rate, drawn while a slider moves: an axis is the mean of the levels known of its criteria.

import { pair, short } from "./numbers.js";
import { radar } from "./radar.js";
import { Follower } from "./sliders.js";

const page = { told: null, place: null, look: "", chart: null };

/** Take what the server knows, and draw. */
export default function ({ data: { told }, parentElement }) {
  const look = JSON.stringify(told.radar);
  if (look !== page.look || parentElement !== page.place) {
    const chart = radar(told.radar);
    parentElement.replaceChildren(chart.root);
    Object.assign(page, { look, chart, place: parentElement });
  }
  page.told = told;
  follower.follow(told.sliders, (criterion) => told.levels[criterion] ?? null);
  draw();
  return () => {
    follower.stop();
    Object.assign(page, { told: null, place: null, look: "", chart: null });
  };
}

const draw = () => {
  if (!page.told) return;
  const { name, language, axes, levels } = page.told;
  const now = { ...levels, ...Object.fromEntries(follower.moves) };
  const values = axes.map(({ criteria }) => {
    const known = criteria.map((criterion) => now[criterion] ?? null).filter((level) => level !== null);
    return known.length ? known.reduce((all, level) => all + level, 0) / known.length : null;
  });
  const texts = values.map((value, i) =>
    value === null ? "" : pair(language, `${name} · ${axes[i].label}`, short(language, value)),
  );
  page.chart.draw([{ label: name, values, texts }]);
};

const follower = new Follower(draw);
