// The list: a row for each article, its evidence made when the row is opened.
const PER_PAGE = 25;
const list = { start: 0 };
const intervalText = (interval) => (interval[0] ? (interval[0] === interval[1] ? interval[0] : interval[0] + " to " + interval[1]) : "dates not stated");

function chip(text, doubtful) {
  return element("span", doubtful ? { class: "chip doubt", title: "to be checked by hand" } : { class: "chip" }, (doubtful ? "? " : "") + text);
}
function periodText(article) {
  return data.kinds[article.kind][0] === "none" ? data.kinds[article.kind][1] : data.kinds[article.kind][1] + ": " + intervalText(article.period);
}
function fill(details, article) {
  if (details.open && !details.querySelector(".evidence")) details.append(evidence(article));
}
function row(article) {
  const chips = element("span", { class: "chips" },
    chip(languageOf(article)[0] || "language unknown", isDoubtful(article, 0)),
    chip(article.date || "no date"),
    chip(data.themes[article.main][1] + " " + perCent(article.p[1]), isDoubtful(article, 1)),
    chip(data.types[article.type][1] + " " + perCent(article.p[2]), isDoubtful(article, 2)),
    chip(periodText(article) + " " + perCent(article.p[3]), isDoubtful(article, 3)));
  const title = marked("span", article, article.title.length ? article.title : [titleOf(article)], { class: article.title.length ? "title" : "title soft" });
  const details = element("details", { "data-place": article.place }, element("summary", {}, title, chips));
  details.addEventListener("toggle", () => fill(details, article));
  return element("li", {}, details);
}
function weightBar(thousandths, number) {
  const picture = drawn("svg", { class: "weight s" + number, viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
  picture.append(drawn("rect", { class: "trough", width: 100, height: 10 }), drawn("rect", { width: thousandths / 10, height: 10 }));
  return picture;
}
function tagTable(article) {
  const line = (name, value, probability, field) => element("tr", field !== null && isDoubtful(article, field) ? { class: "doubt" } : {},
    element("th", { scope: "row" }, name), element("td", {}, value), element("td", { class: "number" }, probability === null ? "" : perCent(probability)));
  const plan = article.plan[0] || article.planned.length ? intervalText(article.plan) : "none";
  return element("table", { class: "tags" },
    element("thead", {}, element("tr", {}, ...["tag", "value", "probability"].map((text, n) => element("th", { scope: "col", class: n === 2 ? "number" : null }, text)))),
    element("tbody", {},
      line("language", languageOf(article)[1], article.p[0], 0),
      line("main theme", data.themes[article.main][1], article.p[1], 1),
      line("meeting type", data.types[article.type][1], article.p[2], 2),
      line("reporting period", periodText(article), article.p[3], 3),
      line("plan period", plan, article.planp, null),
      line("discovered theme", data.found[article.found][0], null, null)));
}
function themeWeights(article) {
  return element("table", { class: "tags" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "theme"), element("th", { scope: "col", class: "number" }, "weight"), element("th", { scope: "col" }, ""))),
    element("tbody", {}, ...article.weights.map((weight, number) => element("tr", {},
      element("th", { scope: "row" }, data.themes[number][1] + (article.themes & (1 << number) ? " (treated)" : "")),
      element("td", { class: "number" }, (weight / 1000).toFixed(2)), element("td", {}, weightBar(weight, number))))));
}
function typeReasons(article) {
  const parts = [marked("blockquote", article, article.event)];
  if (article.cues.length) {
    const items = article.cues.map(([cue, words, weight]) => element("li", {},
      element("q", { lang: languageOf(article)[0] || null, dir: languageOf(article)[2] }, words),
      " (" + data.cues[cue][1] + ") speaks for " + data.types[weight > 0 ? article.type : article.next][1] + ", " + Math.abs(weight).toFixed(2)));
    parts.push(element("p", { class: "soft" }, "Cues that decided against the next best type, " + data.types[article.next][1] + ", with their weights:"),
      element("ul", { class: "cues" }, ...items));
  }
  return parts;
}
function evidence(article) {
  const block = (heading, ...parts) => element("section", {}, element("h4", {}, heading), ...parts);
  const parts = [element("div", { class: "tables" }, tagTable(article), themeWeights(article))];
  const read = article.said.length ? marked("blockquote", article, article.said)
    : article.words ? element("p", {}, "read from the headline: ", element("q", { lang: languageOf(article)[0] || null, dir: languageOf(article)[2] }, article.words))
      : element("p", { class: "soft" }, "No words tell of a reporting period.");
  parts.push(block("Reporting period", read));
  if (article.planned.length) parts.push(block("Plan period", marked("blockquote", article, article.planned)));
  parts.push(block("Themes", ...(article.passages.length ? article.passages.flatMap(([theme, weight, position, ...text]) => [
    element("p", { class: "soft" }, element("span", { class: "swatch s" + theme }), data.themes[theme][1] + " " + (weight / 1000).toFixed(2) + ", passage " + position),
    marked("blockquote", article, text, { class: "s" + theme }),
  ]) : [element("p", { class: "soft" }, "No passage has one of the four themes by half or more.")])));
  parts.push(block("Meeting type", ...typeReasons(article)));
  const others = translations.get(groupOf(article)).filter((other) => other !== article);
  if (others.length) {
    parts.push(block("Of the same group", element("p", { class: "buttons" }, ...others.map((other) => {
      const button = element("button", { type: "button" }, languageOf(other)[0] + ": ", element("bdi", { lang: languageOf(other)[0] || null }, titleOf(other)));
      button.addEventListener("click", () => openArticle(other));
      return button;
    }))));
  }
  const origin = [["id", article.id], ["source", article.source || article.id], ["group", groupOf(article)]];
  parts.push(element("p", { class: "origin" }, ...origin.flatMap(([name, value], n) => [(n ? " · " : "") + name + " ", element("bdi", {}, value)]),
    " · ", element("a", { href: "#article=" + encodeURIComponent(article.id) }, "link to this article")));
  return element("div", { class: "evidence" }, ...parts);
}
function showList() {
  const last = Math.max(0, Math.floor((chosen.listed.length - 1) / PER_PAGE) * PER_PAGE);
  list.start = Math.max(0, Math.min(list.start, last));
  const shown = chosen.listed.slice(list.start, list.start + PER_PAGE);
  byId("list").replaceChildren(...shown.map(row));
  byId("list").setAttribute("start", list.start + 1);
  byId("page").textContent = shown.length ? count(list.start + 1) + " to " + count(list.start + shown.length) + " of " + count(chosen.listed.length) : "no article";
  byId("previous").disabled = list.start === 0;
  byId("next").disabled = list.start >= last;
}
/** Turn the list to an article, open it and go there; filters that hide it are lifted. */
function openArticle(article) {
  if (!chosen.listed.includes(article)) { clearFilters(); }
  list.start = Math.floor(chosen.listed.indexOf(article) / PER_PAGE) * PER_PAGE;
  showList();
  const details = byId("list").querySelector('details[data-place="' + article.place + '"]');
  details.open = true;
  fill(details, article);
  const summary = details.querySelector("summary");
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "start" });
  point(article);
}
/** Open the article that the address names: report.html#article=ID. */
function openNamed() {
  const name = /^#article=(.*)$/.exec(location.hash);
  const article = name && articles.find((other) => other.id === name[1] || encodeURIComponent(other.id) === name[1]);
  if (article) openArticle(article);
}
function startList() {
  const turn = (step) => { list.start += step * PER_PAGE; showList(); byId("articles").scrollIntoView({ block: "start" }); const first = byId("list").querySelector("summary"); if (first) first.focus({ preventScroll: true }); };
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));
  window.addEventListener("hashchange", openNamed);
  byId("order").addEventListener("change", changed);
  byId("list").addEventListener("keydown", (event) => {
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.target.tagName !== "SUMMARY") return;
    const summaries = [...byId("list").querySelectorAll("summary")];
    const next = summaries[summaries.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { next.focus(); event.preventDefault(); }
  });
}
