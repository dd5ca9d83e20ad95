"use strict";
// What the page knows and what is chosen: data, filters, and small helpers for the other parts.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const articles = data.articles.map((values, place) => {
  const article = { place };
  data.columns.forEach((name, column) => { article[name] = values[column]; });
  return article;
});

function element(kind, attributes, ...children) {
  const made = document.createElement(kind);
  Object.entries(attributes || {}).forEach(([name, value]) => { if (value !== null) made.setAttribute(name, value); });
  made.append(...children);
  return made;
}
function drawn(kind, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}
const plain = (segments) => segments.map((part) => (typeof part === "string" ? part : part[1])).join("");
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
const perCent = (thousandths) => (thousandths >= 995 && thousandths < 1000 ? ">99%"
  : thousandths > 0 && thousandths < 5 ? "<1%" : Math.round(thousandths / 10) + "%");
const count = (number) => number.toLocaleString("en");
const titleOf = (article) => plain(article.title) || "(no title) " + plain(article.event).slice(0, 90);
const languageOf = (article) => data.languages[article.lang];
const groupOf = (article) => article.group || article.id;
const isDoubtful = (article, field) => Boolean(article.check & (1 << field));
const years = (interval) => (interval[0] ? [Number(interval[0].slice(0, 4)), Number(interval[1].slice(0, 4))] : null);
const MARKS = { p: "reporting period", n: "plan period", c: "cue of the meeting type" };

/** Text with the words marked that are evidence; nothing in it is read as markup. */
function marked(kind, article, segments, attributes) {
  const [code, , direction] = languageOf(article);
  const parts = segments.map((part) => (typeof part === "string" ? part
    : element("mark", { class: part[0], title: MARKS[part[0]] }, part[1])));
  return element(kind, Object.assign({ lang: code || null, dir: direction }, attributes), ...parts);
}

const haystacks = articles.map((article) => folded([
  titleOf(article), article.id, article.source, groupOf(article), article.words, plain(article.said),
  plain(article.planned), plain(article.event), article.passages.map((passage) => plain(passage.slice(3))).join("\n"),
].join("\n")));

const translations = new Map();
articles.forEach((article) => {
  const group = groupOf(article);
  if (!translations.has(group)) translations.set(group, []);
  translations.get(group).push(article);
});

// One entry per filter: does the article pass for the chosen value?
const TESTS = {
  lang: (article, value) => article.lang === Number(value),
  main: (article, value) => article.main === Number(value),
  treats: (article, value) => (value === "none" ? article.themes === 0
    : value[0] === "d" ? data.found[article.found][0] === value : Boolean(article.themes & (1 << Number(value)))),
  type: (article, value) => article.type === Number(value),
  kind: (article, value) => article.kind === Number(value),
  covers: (article, value) => { const span = years(article.period); return span !== null && span[0] <= value && value <= span[1]; },
  from: (article, value) => article.date !== "" && article.date.slice(0, 4) >= value,
  to: (article, value) => article.date !== "" && article.date.slice(0, 4) <= value,
  check: (article, value) => (value === "any" ? article.check > 0 : isDoubtful(article, Number(value))),
};
const ORDERS = {
  doubt: (a, b) => a.place - b.place,
  new: (a, b) => (a.date === b.date ? a.place - b.place : a.date < b.date ? 1 : -1),
  old: (a, b) => (a.date === b.date ? a.place - b.place : !a.date ? 1 : !b.date ? -1 : a.date < b.date ? -1 : 1),
  id: (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.place - b.place),
};
const chosen = { passing: articles.map(() => true), region: null, listed: articles, current: null };

function choose() {
  const wanted = folded(byId("search").value.trim());
  const active = Object.keys(TESTS).filter((name) => byId("by-" + name).value !== "");
  chosen.passing = articles.map((article, place) =>
    active.every((name) => TESTS[name](article, byId("by-" + name).value)) && (!wanted || haystacks[place].includes(wanted)));
  chosen.listed = articles.filter((article) => chosen.passing[article.place] && (!chosen.region || chosen.region.has(article.place)));
  chosen.listed.sort(ORDERS[byId("order").value]);
  byId("found").textContent = count(chosen.listed.length) + " of " + count(articles.length) + " articles"
    + (chosen.region ? ", from the region chosen on the map" : "");
  byId("clear").disabled = active.length === 0 && byId("search").value === "";
}

function fillFilters() {
  const option = (select, value, text) => byId(select).append(element("option", { value }, text));
  const counted = (test) => articles.filter(test).length;
  const named = (select, names, column) => names
    .map(([, text], number) => [number, text, counted((article) => article[column] === number)])
    .filter((entry) => entry[2] > 0)
    .forEach(([number, text, n]) => option(select, number, text + " (" + count(n) + ")"));
  named("by-lang", data.languages, "lang");
  named("by-main", data.themes, "main");
  named("by-type", data.types, "type");
  named("by-kind", data.kinds, "kind");
  for (let number = 0; number < data.guided; number += 1) {
    option("by-treats", number, data.themes[number][1] + " (" + count(counted((a) => a.themes & (1 << number))) + ")");
  }
  option("by-treats", "none", "none of the four (" + count(counted((a) => a.themes === 0)) + ")");
  data.found.forEach(([name], number) => option("by-treats", name, "mostly " + name + " (" + count(counted((a) => a.found === number)) + ")"));
  option("by-check", "any", "any field (" + count(counted((a) => a.check > 0)) + ")");
  data.fields.forEach(([, text], field) => option("by-check", field, text + " (" + count(counted((a) => isDoubtful(a, field))) + ")"));
  const covered = new Set();
  articles.forEach((article) => {
    const span = years(article.period);
    for (let year = span ? span[0] : 1; span && year <= span[1] && year - span[0] < 100; year += 1) covered.add(year);
  });
  [...covered].sort((a, b) => a - b).forEach((year) => option("by-covers", year, String(year)));
  const published = [...new Set(articles.map((article) => article.date.slice(0, 4)).filter(Boolean))].sort();
  published.forEach((year) => { option("by-from", year, year); option("by-to", year, year); });
}
