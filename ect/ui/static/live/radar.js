// The radar of charts/radar.py, with what a slider moves moved in place.

import { html, svg, write } from "./dom.js";

const LINE_HEIGHT = 14;
const MARK = 4.7;
const RINGS = [1, 2];

// Each about a circle of one pixel.
const SHAPES = {
  circle: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  square: "M-.89 -.89H.89V.89H-.89Z",
  "triangle-up": "M0 -1.05L1.2 1.05H-1.2Z",
  diamond: "M0 -1.25L1.25 0L0 1.25L-1.25 0Z",
};

/** Return the radar's root, and what draws series in it: a label, a value or null an axis, their texts. */
export const radar = (look) => {
  const { axes, width, height, unit } = look;
  const places = (...pixels) => pixels.map((pixel) => Number(pixel.toFixed(2)));
  const at = (x, y) => places(width / 2 + unit * x, height / 2 - unit * y);
  const on = (axis, value) => at(axes[axis].x * value, axes[axis].y * value);
  const marks = svg("g");
  const legend = html("ul", { class: "ect-legend" });
  const frame = { class: "ect-radar", role: "img", "aria-label": look.description };
  const root = html(
    "div",
    {},
    svg("svg", { ...frame, viewBox: `0 0 ${width} ${height}`, width }, ...scaffold(look, at, on), marks),
    legend,
  );
  const all = look.styles.map((style) => marksOf(style, axes.length, on));
  const draw = (series) => {
    const shown = all.slice(0, series.length);
    shown.forEach((one, i) => one.draw(series[i], series.length === 1));
    if (marks.childElementCount !== shown.length) {
      marks.replaceChildren(...shown.map(({ group }) => group));
      legend.replaceChildren(...(shown.length > 1 ? shown.map(({ entry }) => entry) : []));
    }
  };
  return { root, draw };
};

// Rings, spokes, what the rings are worth, and the labels of the axes.
const scaffold = ({ axes, labels, size, neutral }, at, on) => {
  const [x0, y0] = at(0, 0);
  const rings = RINGS.map((ring) => {
    const d = line(axes.map((_, axis) => on(axis, ring)), true);
    return svg("path", { d, fill: "none", stroke: neutral, opacity: 0.5 });
  });
  const spokes = axes.map((_, axis) => {
    const [x2, y2] = on(axis, RINGS.at(-1));
    return svg("line", { x1: x0, y1: y0, x2, y2, stroke: neutral, opacity: 0.3 });
  });
  const levels = RINGS.map((ring) => {
    const [x, y] = at(0.04, ring);
    return svg("text", { x, y: y + 12, fill: neutral, "font-size": 11 }, String(ring));
  });
  const words = axes.flatMap(({ lines, x: right, y: up }, axis) => {
    const [x, y] = on(axis, labels);
    const anchor = Math.abs(right * labels) < 0.3 ? "middle" : right > 0 ? "start" : "end";
    const above = Math.abs(up * labels) < labels - 0.3 ? 0.5 : Number(up > 0);
    const top = y - (lines.length - 1) * LINE_HEIGHT * above;
    const style = { fill: "currentColor", "font-size": size, "dominant-baseline": "central" };
    return lines.map((text, i) =>
      svg("text", { ...style, "text-anchor": anchor, x, y: top + i * LINE_HEIGHT }, text),
    );
  });
  return [...rings, ...spokes, ...levels, ...words];
};

const marksOf = ({ colour, dash, shape }, count, on) => {
  const stroke = { stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash };
  const path = svg("path", { ...stroke, "fill-opacity": 0.12 });
  const points = Array.from({ length: count }, () => {
    const told = svg("title");
    return { told, mark: svg("path", { d: SHAPES[shape], fill: colour }, told) };
  });
  const sign = svg("svg", { viewBox: "-1.4 -1.4 2.8 2.8", width: 14, height: 14, "aria-hidden": "true" });
  sign.append(svg("path", { d: SHAPES[shape], fill: colour }));
  const name = html("span");
  const draw = ({ label, values, texts }, alone) => {
    const places = (run) => run.map((axis) => on(axis, values[axis]));
    path.setAttribute("d", runs(values).map(({ run, closed }) => line(places(run), closed)).join(""));
    path.setAttribute("fill", alone ? colour : "none");
    points.forEach(({ mark, told }, axis) => {
      const known = values[axis] !== null;
      mark.setAttribute("visibility", known ? "visible" : "hidden");
      if (!known) return;
      const [x, y] = on(axis, values[axis]);
      mark.setAttribute("transform", `translate(${x} ${y}) scale(${MARK})`);
      write(told, texts[axis]);
    });
    write(name, label);
  };
  const group = svg("g", {}, path, ...points.map(({ mark }) => mark));
  return { group, entry: html("li", {}, sign, name), draw };
};

const line = (places, closed) => `M${places.map((place) => place.join(" ")).join("L")}${closed ? "Z" : ""}`;

// The axes to join: all of them, or each stretch between two unknown ones, past the first axis too.
const runs = (values) => {
  const start = values.indexOf(null) + 1;
  if (!start) return [{ run: [...values.keys()], closed: true }];
  const found = [[]];
  for (let step = 0; step < values.length; step += 1) {
    const axis = (start + step) % values.length;
    if (values[axis] === null) found.push([]);
    else found.at(-1).push(axis);
  }
  return found.filter((run) => run.length).map((run) => ({ run, closed: false }));
};
