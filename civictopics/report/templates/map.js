// The map: every article a mark. It knows the filters, a region drawn with the mouse, and one current article.
const COLUMNS = { main: data.themes, lang: data.languages, type: data.types, found: data.found };
const SERIES = 10;
const SHAPES = [
  "M0-5L4.6 3.4H-4.6Z", "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0Z", "M-3.6-3.6H3.6V3.6H-3.6Z", "M0-5L5 0L0 5L-5 0Z",
  "M-1.5-4.5H1.5V-1.5H4.5V1.5H1.5V4.5H-1.5V1.5H-4.5V-1.5H-1.5Z", "M0 5L4.6-3.4H-4.6Z", "M-5 0L3.4-4.6V4.6Z",
  "M-4-2.2L-2.2-4L0-1.8L2.2-4L4-2.2L1.8 0L4 2.2L2.2 4L0 1.8L-2.2 4L-4 2.2L-1.8 0Z", "M5 0L-3.4-4.6V4.6Z",
  "M-2.6 0A2.6 2.6 0 1 0 2.6 0A2.6 2.6 0 1 0-2.6 0Z",
];
const map = {
  svg: byId("map"), width: 0, height: 0, zoom: 1, centre: [0.5, 0.5], marks: [], spots: [],
  labels: drawn("g", { class: "labels", "aria-hidden": "true" }),
  ring: drawn("circle", { class: "ring", r: 9, visibility: "hidden" }),
  box: drawn("rect", { class: "region", visibility: "hidden" }),
};
const unit = (() => {
  const bounds = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const low = sorted[0], high = sorted[sorted.length - 1];
    return [low, high > low ? high - low : 1];
  };
  const [left, wide] = bounds(articles.map((article) => article.x)), [low, high] = bounds(articles.map((article) => article.y));
  return articles.map((article) => [(article.x - left) / wide, 1 - (article.y - low) / high]);
})();

function drawMarks() {
  const column = byId("colour").value;
  map.marks = articles.map((article) => drawn("path", { d: SHAPES[article[column] % SERIES] }));
  // The commonest are drawn first, so that they do not hide the rarer ones.
  const sizes = new Map();
  articles.forEach((article) => sizes.set(article[column], (sizes.get(article[column]) || 0) + 1));
  const order = [...articles].sort((a, b) => sizes.get(b[column]) - sizes.get(a[column]) || a.place - b.place);
  const layer = drawn("g", { "aria-hidden": "true" });
  layer.append(...order.map((article) => map.marks[article.place]));
  map.svg.replaceChildren(layer, map.labels, map.ring, map.box);
}
function placeMarks() {
  map.width = map.svg.clientWidth || 320;
  map.height = map.svg.clientHeight || 320;
  map.svg.setAttribute("viewBox", "0 0 " + map.width + " " + map.height);
  const margin = 14;
  map.spots = unit.map(([x, y]) => [
    map.width / 2 + (x - map.centre[0]) * map.zoom * (map.width - 2 * margin),
    map.height / 2 + (y - map.centre[1]) * map.zoom * (map.height - 2 * margin),
  ]);
  const size = articles.length > 400 && map.width < 600 ? 0.7 : 1;
  map.marks.forEach((mark, place) => mark.setAttribute("transform", "translate(" + map.spots[place].map((v) => v.toFixed(1)).join(" ") + ") scale(" + size + ")"));
  drawLabels();
  showRing();
}
function dimMarks() {
  const column = byId("colour").value;
  const listed = new Set(chosen.listed.map((article) => article.place));
  map.marks.forEach((mark, place) => mark.setAttribute("class", "s" + (articles[place][column] % SERIES) + (listed.has(place) ? "" : " out")));
  drawLegend(column, listed);
  drawLabels();
  byId("no-region").hidden = !chosen.region;
}
function drawLegend(column, listed) {
  const totals = new Map();
  articles.forEach((article) => {
    const entry = totals.get(article[column]) || [0, 0];
    totals.set(article[column], [entry[0] + 1, entry[1] + (listed.has(article.place) ? 1 : 0)]);
  });
  const select = column === "found" ? "by-treats" : "by-" + column;
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.entry : undefined;
  byId("legend").replaceChildren(...[...totals.keys()].sort((a, b) => a - b).map((number) => {
    const value = column === "found" ? data.found[number][0] : String(number);
    const picture = drawn("svg", { viewBox: "-7 -7 14 14", width: 14, height: 14, "aria-hidden": "true" });
    picture.append(drawn("path", { d: SHAPES[number % SERIES], class: "s" + (number % SERIES) }));
    const button = element("button", { type: "button", "data-entry": value, "aria-pressed": String(byId(select).value === value) },
      picture, " " + COLUMNS[column][number][1] + " ", element("span", { class: "soft" }, count(totals.get(number)[1])));
    button.addEventListener("click", () => { byId(select).value = byId(select).value === value ? "" : value; changed(); });
    return button;
  }));
  if (focused !== undefined) [...byId("legend").children].filter((button) => button.dataset.entry === focused).forEach((button) => button.focus());
}
/** Name each theme where its listed articles lie thickest, unless another name stands there. */
function drawLabels() {
  map.labels.replaceChildren();
  const column = byId("colour").value, members = new Map(), taken = [];
  chosen.listed.forEach((article) => {
    if (!members.has(article[column])) members.set(article[column], []);
    members.get(article[column]).push(map.spots[article.place]);
  });
  const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
  [...members].filter(([, spots]) => spots.length >= 5 && spots[0]).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).forEach(([number, spots]) => {
    const text = COLUMNS[column][number][1], half = text.length * 3.9 + 6;
    const x = Math.max(half, Math.min(map.width - half, middle(spots.map((spot) => spot[0])))), y = middle(spots.map((spot) => spot[1]));
    const lift = spots.length < 60 ? Math.min(y, ...spots.filter((spot) => Math.abs(spot[0] - x) < half && Math.abs(spot[1] - y) < 40).map((spot) => spot[1])) - 9 : y;
    const free = [0, -22, 22, -44, 44, -66, 66].map((shift) => lift + shift).find((top) => top > 14 && top < map.height - 8
      && taken.every((other) => Math.abs(other[0] - x) > other[2] + half || Math.abs(other[1] - top) > 18));
    if (free === undefined) return;
    taken.push([x, free, half]);
    const label = drawn("text", { x: x.toFixed(1), y: free.toFixed(1), "text-anchor": "middle" });
    label.textContent = text;
    map.labels.append(label);
  });
}
function zoomBy(factor) {
  const spots = chosen.region ? [...chosen.region].map((place) => unit[place]) : chosen.current ? [unit[chosen.current.place]] : [];
  if (factor > 1 && spots.length) map.centre = [0, 1].map((axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length);
  map.zoom = Math.max(1, Math.min(16, map.zoom * factor));
  if (map.zoom === 1) map.centre = [0.5, 0.5];
  placeMarks();
}
function showRing() {
  const spot = chosen.current && map.spots[chosen.current.place];
  map.ring.setAttribute("visibility", spot ? "visible" : "hidden");
  if (spot) { map.ring.setAttribute("cx", spot[0].toFixed(1)); map.ring.setAttribute("cy", spot[1].toFixed(1)); }
}
/** Make an article the current one: ring it, say what it is, offer to open it. */
function point(article) {
  chosen.current = article;
  if (article) {
    const [x, y] = map.spots[article.place];
    if (x < 0 || y < 0 || x > map.width || y > map.height) { map.centre = unit[article.place]; placeMarks(); }
  }
  showRing();
  if (!article) { byId("at").replaceChildren(element("span", { class: "soft" }, "No article is chosen on the map.")); return; }
  const open = element("button", { type: "button", id: "open-current" }, "Open in the list");
  open.addEventListener("click", () => openArticle(article));
  byId("at").replaceChildren(element("bdi", { lang: languageOf(article)[0] || null }, titleOf(article)),
    " · " + [languageOf(article)[1], article.date || "no date", data.themes[article.main][1], data.types[article.type][1]].join(" · ") + " ", open);
}
const nearest = (candidates, x, y, reach) => candidates.reduce((best, article) => {
  const [left, top] = map.spots[article.place], distance = Math.hypot(left - x, top - y);
  return distance < best.distance ? { article, distance } : best;
}, { article: null, distance: reach }).article;

/** Go to the nearest listed article that lies in the direction (dx, dy). */
function walk(dx, dy) {
  if (!chosen.current) { point(nearest(chosen.listed, map.width / 2, map.height / 2, Infinity)); return; }
  const [x, y] = map.spots[chosen.current.place];
  let best = null, least = Infinity;
  chosen.listed.forEach((article) => {
    const [left, top] = map.spots[article.place];
    const along = (left - x) * dx + (top - y) * dy, aside = Math.abs((left - x) * dy) + Math.abs((top - y) * dx);
    if (article !== chosen.current && along > 0.01 && along >= aside / 2 && along + 2 * aside < least) { best = article; least = along + 2 * aside; }
  });
  if (best) point(best);
}
function startMap() {
  let from = null;
  const inside = (event) => { const box = map.svg.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  map.svg.addEventListener("pointerdown", (event) => { from = event.button === 0 ? inside(event) : null; });
  map.svg.addEventListener("pointermove", (event) => {
    if (!from || event.pointerType === "touch") return;
    const to = inside(event);
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 6) return;
    if (!map.svg.hasPointerCapture(event.pointerId)) map.svg.setPointerCapture(event.pointerId);
    const frame = { x: Math.min(from[0], to[0]), y: Math.min(from[1], to[1]), width: Math.abs(to[0] - from[0]), height: Math.abs(to[1] - from[1]), visibility: "visible" };
    Object.entries(frame).forEach(([name, value]) => map.box.setAttribute(name, value));
  });
  map.svg.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = inside(event), moved = Math.hypot(to[0] - from[0], to[1] - from[1]) >= 6;
    map.box.setAttribute("visibility", "hidden");
    if (!moved) {
      const article = nearest(chosen.listed, to[0], to[1], 24);
      if (article) point(article);
    } else if (event.pointerType !== "touch") {
      const within = (value, a, b) => value >= Math.min(a, b) && value <= Math.max(a, b);
      const found = articles.filter((article) => { const [x, y] = map.spots[article.place]; return within(x, from[0], to[0]) && within(y, from[1], to[1]); });
      chosen.region = found.length ? new Set(found.map((article) => article.place)) : null;
      changed();
    }
    from = null;
  });
  map.svg.addEventListener("pointercancel", () => { from = null; map.box.setAttribute("visibility", "hidden"); });
  map.svg.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key]) walk(...steps[event.key]);
    else if (event.key === "Enter" && chosen.current) openArticle(chosen.current);
    else if (event.key === "+" || event.key === "=") zoomBy(2);
    else if (event.key === "-") zoomBy(0.5);
    else if (event.key === "Escape") { chosen.region = null; point(null); changed(); } else return;
    event.preventDefault();
  });
  byId("closer").addEventListener("click", () => zoomBy(2));
  byId("farther").addEventListener("click", () => zoomBy(0.5));
  byId("whole").addEventListener("click", () => zoomBy(0));
  byId("no-region").addEventListener("click", () => { chosen.region = null; changed(); map.svg.focus(); });
  byId("colour").addEventListener("change", () => { drawMarks(); placeMarks(); dimMarks(); });
  new ResizeObserver(() => { if (map.svg.clientWidth !== map.width || map.svg.clientHeight !== map.height) placeMarks(); }).observe(map.svg);
}
