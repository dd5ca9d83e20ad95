"use strict";
(function () {
  const articles = JSON.parse(document.getElementById("data").textContent);
  const names = ["lang", "main_theme", "meeting_type", "period_kind"];
  const perPage = 25;
  let start = 0;
  const byId = (id) => document.getElementById(id);
  const readable = (value) => value.replace(/_/g, " ");
  const folded = (value) => value.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
  const haystacks = articles.map((a) => folded([a.title, a.excerpt, a.id, a.source, a.period_evidence].join("\n")));

  function element(kind, text, attributes) {
    const made = document.createElement(kind);
    if (text) made.textContent = text;
    Object.entries(attributes || {}).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }
  function matching() {
    const wanted = folded(byId("search").value.trim());
    return articles.filter((article, i) =>
      names.every((name) => !byId("by-" + name).value || article[name] === byId("by-" + name).value) &&
      (!byId("only-check").checked || article.check) && (!wanted || haystacks[i].includes(wanted)));
  }
  function interval(from, to) { return from ? from + " to " + to : "dates not stated"; }
  function entry(article) {
    const item = element("li");
    item.append(element("h3", article.title || "(no title)", { lang: article.lang, dir: article.dir }));
    const doubtful = article.check ? article.check.split(";") : [];
    const tags = element("p", "", { class: "tags" });
    const tag = (text, field) => tags.append(element("span", text, doubtful.includes(field) ? { class: "doubt", title: "to be checked by hand" } : {}));
    tag(article.lang || "language unknown", "lang");
    tag(article.published || "no date", "");
    tag("main: " + readable(article.main_theme), "");
    if (article.themes) tag("treats: " + readable(article.themes).replace(/;/g, ", "), "");
    tag(readable(article.meeting_type) + " (" + article.meeting_type_probability + ")", "meeting_type");
    tag(article.period_kind === "none" ? "no reporting period (" + article.period_kind_probability + ")"
      : readable(article.period_kind) + " " + interval(article.period_start, article.period_end) + " (" + article.period_kind_probability + ")", "period_kind");
    if (article.plan_start) tag("plan " + interval(article.plan_start, article.plan_end), "");
    item.append(tags);
    if (article.period_evidence) {
      const line = element("p", "period read from: ", { class: "origin" });
      line.append(element("q", article.period_evidence, { lang: article.lang, dir: article.dir }));
      item.append(line);
    }
    const more = element("details");
    more.append(element("summary", "Beginning of the text"), element("blockquote", article.excerpt, { lang: article.lang, dir: article.dir }));
    item.append(more, element("p", article.id + " · " + article.source + " · group " + article.group, { class: "origin" }));
    return item;
  }
  function show() {
    const found = matching();
    start = Math.min(start, Math.max(0, Math.floor((found.length - 1) / perPage) * perPage));
    const shown = found.slice(start, start + perPage);
    byId("list").replaceChildren(...shown.map(entry));
    byId("found").textContent = found.length + " of " + articles.length + " articles" +
      (found.length ? ", showing " + (start + 1) + " to " + (start + shown.length) : "");
    byId("previous").disabled = start === 0;
    byId("next").disabled = start + perPage >= found.length;
  }
  names.forEach((name) => {
    const counts = new Map();
    articles.forEach((article) => counts.set(article[name], (counts.get(article[name]) || 0) + 1));
    [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).forEach(([value, count]) => {
      if (value) byId("by-" + name).append(element("option", readable(value) + " (" + count + ")", { value: value }));
    });
    byId("by-" + name).addEventListener("change", () => { start = 0; show(); });
  });
  byId("search").addEventListener("input", () => { start = 0; show(); });
  byId("only-check").addEventListener("change", () => { start = 0; show(); });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("previous").addEventListener("click", () => { start -= perPage; show(); });
  byId("next").addEventListener("click", () => { start += perPage; show(); });
  show();
})();
