// What answer.py says of a scenario, worked out in the page: the same figures, the same words.
// tests/browser/test_what_if_live.py holds the two to each other.

import {
  compare,
  fraction,
  hundredths,
  inOneUnit,
  less,
  number,
  over,
  plus,
  sum,
  times,
  whole,
} from "./exact.js";
import { pair, short } from "./numbers.js";

const ECT = "ect";
const SELECTION = "selection";
const TOP_LEVEL = 2;

/** Read what a link holds: by "ect" or "anchoring" a weight, by "sut/mirror" a level, as texts. */
export const readLink = (link) => new Map(link.split("~").filter(Boolean).map((part) => part.split("=")));

/** Return what is supposed with some of it changed; what is as it stands is no longer supposed. */
export const supposing = (model, supposed, moves) => {
  const changed = new Map(supposed);
  for (const [target, value] of moves) {
    if (value === null || value === standing(model, target)) changed.delete(target);
    else changed.set(target, value);
  }
  return changed;
};

/** Return the answer to what is supposed, or null where nothing of a group would count. */
export const answer = (model, supposed, all = false) => {
  const weights = weighing(model, supposed);
  if (!weights) return null;
  const moved = byTerrain(supposed);
  const scores = model.terrains.map((terrain) => score(model, weights, terrain, moved.get(terrain.code)));
  const rows = ranked(scores);
  const shown = rows.filter((row, place) => all || place < model.first || moved.has(row.terrain.code));
  return {
    sentence: sentence(model, rows, supposed.size > 0),
    rows: shown.map((row) => ({ terrain: row.terrain.code, cells: cells(model, row) })),
    radar: drawn(model, weights, rows, moved),
  };
};

/** Return the value a weight or a level has where nothing is supposed; null where it is unknown. */
export const standing = (model, target) => {
  const [terrain, part] = target.split("/");
  if (part === undefined) return model.weights[target] ?? "1";
  return model.terrains.find(({ code }) => code === terrain)?.profile[part] ?? null;
};

const byTerrain = (supposed) => {
  const moved = new Map();
  for (const [target, value] of supposed) {
    const [terrain, part] = target.split("/");
    if (part !== undefined) moved.set(terrain, { ...moved.get(terrain), [part]: value });
  }
  return moved;
};

// How many points of the ECT and of the total one point of each code is worth (domain/weights.py).
const weighing = ({ grid, weights: usual }, supposed) => {
  const weightOf = (code) => fraction(supposed.get(code) ?? usual[code] ?? "1");
  const shares = (codes) => {
    const given = codes.map(weightOf);
    const all = sum(given);
    return new Map(codes.map((code, i) => [code, over(given[i], all)]));
  };
  try {
    const maximum = plus(
      times(weightOf(ECT), whole(TOP_LEVEL * grid.pillars.length)),
      times(weightOf(SELECTION), whole(TOP_LEVEL * grid.selection.length)),
    );
    const scale = over(whole(grid.maximum), maximum);
    const among = shares(grid.pillars.map(({ code }) => code));
    const [ect, total, inPillar] = [new Map(), new Map(), new Map()];
    const worth = (code, points) => {
      ect.set(code, points);
      total.set(code, times(points, times(scale, weightOf(ECT))));
    };
    for (const { code, criteria } of grid.pillars) {
      const points = times(among.get(code), whole(grid.pillars.length));
      worth(code, points);
      for (const [criterion, share] of shares(criteria)) {
        inPillar.set(criterion, share);
        worth(criterion, times(points, share));
      }
    }
    for (const [code, share] of shares(grid.selection)) {
      const points = times(share, whole(grid.selection.length));
      total.set(code, times(points, times(scale, weightOf(SELECTION))));
    }
    return { ect: unitOf(ect), total: unitOf(total), inPillar };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

const unitOf = (byCode) => {
  const { unit, counts } = inOneUnit([...byCode.values()]);
  return { unit, counts: new Map([...byCode.keys()].map((code, i) => [code, counts[i]])) };
};

// A profile as it stands is read once: of a thousand terrains, a slider moves one, or their weights.
const read = new WeakMap();

const valuesOf = (grid, profile) => {
  if (!read.has(profile)) {
    const codes = grid.pillars.flatMap(({ code, criteria }) => (code in profile ? [code] : criteria));
    codes.push(...grid.selection);
    const known = codes.filter((code) => code in profile);
    const { unit, counts } = inOneUnit(known.map((code) => fraction(profile[code])));
    read.set(profile, { unit, known, counts, unknown: codes.filter((code) => !(code in profile)) });
  }
  return read.get(profile);
};

const score = ({ grid }, weights, terrain, levels) => {
  const values = valuesOf(grid, levels ? { ...terrain.profile, ...levels } : terrain.profile);
  const { unknown } = values;
  const ect = measure(weights.ect, values);
  const total = measure(weights.total, values);
  const complete = { ect: unknown.every((code) => !weights.ect.counts.has(code)), total: !unknown.length };
  return { terrain, ect: { ...ect, complete: complete.ect }, total: { ...total, complete: complete.total } };
};

// With every unknown at 0, and at 2 (domain/scoring.py).
const measure = (points, { unit, known, counts, unknown }) => {
  let low = 0n;
  known.forEach((code, i) => (low += (points.counts.get(code) ?? 0n) * counts[i]));
  let open = 0n;
  for (const code of unknown) open += points.counts.get(code) ?? 0n;
  const d = points.unit * unit;
  return { low: { n: low, d }, high: { n: low + BigInt(TOP_LEVEL) * open * unit, d } };
};

// Complete terrains by their totals, then the others by what they could reach (domain/ranking.py).
const ranked = (scores) => {
  const byCode = (a, b) => (a.terrain.code < b.terrain.code ? -1 : 1);
  const complete = scores.filter(({ total }) => total.complete);
  complete.sort((a, b) => compare(b.total.low, a.total.low) || byCode(a, b));
  complete.forEach((row, i) => {
    const before = complete[i - 1];
    row.rank = before && !compare(before.total.low, row.total.low) ? before.rank : i + 1;
  });
  const open = scores.filter(({ total }) => !total.complete);
  open.sort(
    (a, b) =>
      compare(b.total.high, a.total.high) || compare(b.total.low, a.total.low) || byCode(a, b),
  );
  return [...complete, ...open];
};

const written = ({ words }, value) => short(words.language, hundredths(value));

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const cells = (model, { rank, terrain, ect, total }) => {
  const said = ({ low, high, complete }) => {
    if (complete) return written(model, low);
    return fill(model.words.range, { low: written(model, low), high: written(model, high) });
  };
  const { official } = terrain;
  return [rank ? String(rank) : "–", terrain.name, said(ect), said(total), official.rank, official.total];
};

const sentence = (model, rows, any) => {
  const { words } = model;
  const ranks = rows.filter(({ rank }) => rank);
  if (!ranks.length) return words.none;
  const first = ranks.filter(({ rank }) => rank === 1).map(({ terrain }) => terrain);
  const names = first.map(({ name }) => name);
  let text;
  if (first.length > 1) text = fill(words.tied, { terrains: names.join(", ") });
  else if (ranks.length > 1) {
    const gap = written(model, less(ranks[0].total.low, ranks[1].total.low));
    text = fill(words.first, { first: names[0], gap, second: ranks[1].terrain.name });
  } else text = fill(words.only, { first: names[0] });
  if (!any) return text;
  const official = model.terrains.filter((terrain) => terrain.official.rank !== "–");
  const before = official.filter((terrain) => terrain.official.rank === "1");
  const same = alike(ranks.map(({ terrain }) => terrain), official) && alike(first, before);
  return `${text} ${same ? words.same : words.other}`;
};

const alike = (some, others) => some.length === others.length && some.every((one, i) => one === others[i]);

// In the official order, whatever the supposed one: a terrain keeps its colour.
const drawn = (model, weights, rows, moved) => {
  const leading = new Set(rows.filter(({ rank }) => rank).slice(0, model.leading).map((row) => row.terrain));
  return model.terrains
    .filter((terrain) => leading.has(terrain))
    .map((terrain) => {
      const profile = { ...terrain.profile, ...moved.get(terrain.code) };
      const part = (criterion) => times(weights.inPillar.get(criterion), fraction(profile[criterion]));
      const means = model.grid.pillars.map(({ code, criteria }) =>
        code in profile ? fraction(profile[code]) : sum(criteria.map(part)),
      );
      const { language } = model.words;
      const texts = means.map(
        (mean, i) => pair(language, `${terrain.name} · ${model.labels[i]}`, written(model, mean)),
      );
      return { label: terrain.name, values: means.map(number), texts };
    });
};
