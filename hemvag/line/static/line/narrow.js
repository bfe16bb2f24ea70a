// Narrows the panel's list by language and district. It is done here: nothing that the sheet holds is sent anywhere.

const panel = document.getElementById("panel");
const form = document.getElementById("call");

// What the sheet says of the language comes first among the choices, and is chosen.
function offerTheSheetsLanguage() {
  const spoken = panel.querySelector("select[data-narrows=spoken]");
  const said = form.querySelector("[name=language]:checked");
  if (!spoken || !said?.dataset.iso) return;
  const known = [...spoken.options].find((option) => option.value === said.dataset.iso);
  if (known) known.selected = true;
  else spoken.options[0].after(new Option(said.nextElementSibling.textContent, said.dataset.iso, false, true));
}

// A service that names no district serves the whole town.
function fits(row, select) {
  const has = (row.dataset[select.dataset.narrows] ?? "").split(" ").filter(Boolean);
  if (!select.value || (select.dataset.narrows === "where" && has.length === 0)) return true;
  return select.value.split(" ").some((code) => has.includes(code));
}

function narrow() {
  const rows = [...panel.querySelectorAll("[data-spoken]")];
  const selects = [...panel.querySelectorAll("select[data-narrows]")];
  if (rows.length === 0) return;
  const fitting = rows.filter((row) => selects.every((select) => fits(row, select)));
  const shown = fitting.length ? fitting : rows; // better all of them, and a word about it, than nobody to call
  panel.querySelector("[data-narrow-none]").hidden = fitting.length > 0;
  for (const row of rows) row.hidden = !shown.includes(row);
  for (const row of rows) row.removeAttribute("data-panel-focus");
  shown[0].tabIndex = -1;
  shown[0].setAttribute("data-panel-focus", "");
  for (const [place, row] of shown.entries()) number(row, place + 1);
}

function number(row, place) {
  const [key, digit] = [row.querySelector("summary"), row.querySelector("summary kbd")];
  key.dataset.keys = place < 10 ? place : "";
  if (digit) digit.hidden = place > 9;
  if (digit) digit.textContent = place;
}

function lost() {
  if (panel.hidden) return;
  const words = Object.assign(document.createElement("p"), { textContent: panel.dataset.lost, tabIndex: -1 });
  words.setAttribute("role", "alert");
  panel.replaceChildren(words);
  words.focus();
}

panel.addEventListener("htmx:afterSettle", () => {
  offerTheSheetsLanguage();
  narrow();
});
panel.addEventListener("change", narrow);
document.body.addEventListener("htmx:sendError", lost);
document.body.addEventListener("htmx:responseError", lost);
