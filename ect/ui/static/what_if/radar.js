// The radar of charts/radar.py, with what a slider moves moved in place.

const NAMESPACE = "http://www.w3.org/2000/svg";
const LINE_HEIGHT = 14;
const MARK = 4.7;
const words = { fill: "currentColor", "font-size": 13, "dominant-baseline": "central" };

// Each about a circle of one pixel.
const SHAPES = {
  circle: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  square: "M-.89 -.89H.89V.89H-.89Z",
  "triangle-up": "M0 -1.05L1.2 1.05H-1.2Z",
  diamond: "M0 -1.25L1.25 0L0 1.25L-1.25 0Z",
};

const element = (name, attributes, ...children) => {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** Return the radar's root, with rings, spokes and labels, and what draws series in it. */
export const radar = ({ axes, styles, width, height, unit, labels, description, neutral }) => {
  const at = (x, y) => [width / 2 + unit * x, height / 2 - unit * y].map((pixel) => Number(pixel.toFixed(2)));
  const on = (axis, value) => at(axes[axis].x * value, axes[axis].y * value);
  const loop = (values) => `M${values.map((value, axis) => on(axis, value).join(" ")).join("L")}Z`;

  const svg = element("svg", { class: "ect-radar", viewBox: `0 0 ${width} ${height}`, width, role: "img" });
  svg.setAttribute("aria-label", description);
  for (const ring of [1, 2]) {
    svg.append(element("path", { d: loop(axes.map(() => ring)), fill: "none", stroke: neutral, opacity: 0.5 }));
  }
  axes.forEach((_, axis) => {
    const [[x1, y1], [x2, y2]] = [at(0, 0), on(axis, 2)];
    svg.append(element("line", { x1, y1, x2, y2, stroke: neutral, opacity: 0.3 }));
  });
  for (const ring of [1, 2]) {
    const [x, y] = at(0.04, ring);
    svg.append(element("text", { x, y: y + 12, fill: neutral, "font-size": 11 }, String(ring)));
  }
  axes.forEach(({ lines, x: right, y: up }, axis) => {
    const [x, y] = on(axis, labels);
    const anchor = Math.abs(right * labels) < 0.3 ? "middle" : right > 0 ? "start" : "end";
    const above = Math.abs(up * labels) < labels - 0.3 ? 0.5 : Number(up > 0);
    const top = y - (lines.length - 1) * LINE_HEIGHT * above;
    lines.forEach((line, i) =>
      svg.append(element("text", { ...words, x, y: top + i * LINE_HEIGHT, "text-anchor": anchor }, line)),
    );
  });
  const marks = element("g", {});
  svg.append(marks);
  const legend = document.createElement("ul");
  legend.className = "ect-legend";
  const root = document.createElement("div");
  root.append(svg, legend);

  const lines = styles.map(({ colour, dash, shape }) => {
    const line = element("path", { stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash, "fill-opacity": 0.12 });
    const points = axes.map(() => {
      const told = element("title", {});
      return { told, mark: element("path", { d: SHAPES[shape], fill: colour }, told) };
    });
    const name = document.createElement("span");
    const entry = document.createElement("li");
    const sign = element("svg", { viewBox: "-1.4 -1.4 2.8 2.8", width: 14, height: 14, "aria-hidden": "true" });
    sign.append(element("path", { d: SHAPES[shape], fill: colour }));
    entry.append(sign, name);
    return { group: element("g", {}, line, ...points.map(({ mark }) => mark)), line, points, entry, name };
  });

  const draw = (series) => {
    const shown = lines.slice(0, series.length);
    shown.forEach(({ line, points, name }, i) => {
      const { label, values, texts } = series[i];
      line.setAttribute("fill", shown.length === 1 ? styles[i].colour : "none");
      line.setAttribute("d", loop(values));
      points.forEach(({ mark, told }, axis) => {
        const [x, y] = on(axis, values[axis]);
        mark.setAttribute("transform", `translate(${x} ${y}) scale(${MARK})`);
        told.textContent = texts[axis];
      });
      name.textContent = label;
    });
    if (marks.childElementCount !== shown.length) {
      marks.replaceChildren(...shown.map(({ group }) => group));
      legend.replaceChildren(...shown.map(({ entry }) => entry));
    }
  };
  return { root, draw };
};
