// Joins the parts: whatever is chosen, map and list follow.
function changed() {
  list.start = 0;
  choose();
  dimMarks();
  showList();
}
function clearFilters() {
  byId("search").value = "";
  Object.keys(TESTS).forEach((name) => { byId("by-" + name).value = ""; });
  chosen.region = null;
  changed();
}
function goToFiltered(select, value) {
  clearFilters();
  byId(select).value = value;
  changed();
  byId("explore").scrollIntoView({ block: "start" });
  byId(select).focus({ preventScroll: true });
}
fillFilters();
startMap();
startList();
drawMarks();
placeMarks();
changed();
Object.keys(TESTS).forEach((name) => byId("by-" + name).addEventListener("change", changed));
byId("search").addEventListener("input", changed);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("clear").addEventListener("click", () => { clearFilters(); byId("search").focus(); });
document.querySelectorAll("[data-field]").forEach((button) => button.addEventListener("click", () =>
  goToFiltered("by-check", String(data.fields.findIndex(([name]) => name === button.dataset.field)))));
document.querySelectorAll("[data-theme]").forEach((button) => button.addEventListener("click", () => {
  const number = data.themes.findIndex(([name]) => name === button.dataset.theme);
  goToFiltered("by-treats", number >= 0 ? String(number) : button.dataset.theme);
}));
openNamed();
