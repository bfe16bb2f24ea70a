// The call sheet by keyboard. Everything it does is also a button, a link or a field, and works without it.

const sheet = document.querySelector("[data-call]");
const form = document.getElementById("call");
const notes = document.getElementById("notes");
const panel = document.getElementById("panel");
const keys = [...sheet.querySelectorAll(".call-key")];
const groups = new Map([...sheet.querySelectorAll("[data-group]")].map((group) => [group.dataset.group, group]));
const ACUTE_BY = 5;

let firstDigit = "";
let lastKey = keys[0];

// The clock: the server's time, whatever this computer's clock says.
const started = Date.parse(sheet.dataset.started);
const ahead = Date.parse(sheet.dataset.now) - Date.now();

function tick() {
  const minute = Math.max(0, Math.floor((Date.now() + ahead - started) / 60_000));
  sheet.querySelector("[data-minute]").textContent = minute;
  let now = null;
  for (const phase of sheet.querySelectorAll("[data-from]")) {
    phase.removeAttribute("aria-current");
    if (Number(phase.dataset.from) <= minute) now = phase;
  }
  now?.setAttribute("aria-current", "step");
  groups.get("acute").toggleAttribute("data-asks", minute >= ACUTE_BY && chosen("acute").length === 0);
}

// Groups of choices
const inputs = (group) => [...group.querySelectorAll("input")];
const chosen = (name) => inputs(groups.get(name)).filter((input) => input.checked);

function show(name) {
  for (const [code, group] of groups) if (code !== "acute") group.toggleAttribute("data-open", code === name);
  for (const key of keys) key.setAttribute("aria-expanded", String(key.dataset.opens === name));
  sheet.toggleAttribute("data-choosing", Boolean(name) && name !== "acute");
}

function open(name) {
  closePanel();
  show(name);
  firstDigit = "";
  const group = groups.get(name);
  (chosen(name)[0] ?? inputs(group)[0]).focus();
}

function toRow() {
  firstDigit = "";
  markFirst();
  lastKey.focus();
}

function markFirst() {
  for (const group of groups.values())
    for (const input of inputs(group))
      input.closest(".choice").toggleAttribute("data-half", Boolean(firstDigit) && input.dataset.key.startsWith(firstDigit) && group.contains(document.activeElement));
}

function chooseByDigit(group, digit) {
  const typed = firstDigit + digit;
  const all = inputs(group);
  const hit = all.find((input) => input.dataset.key === typed);
  firstDigit = "";
  if (hit) {
    hit.focus();
    hit.click();
    if (hit.type === "radio") leaveGroup(group);
  } else if (all.some((input) => input.dataset.key.startsWith(typed))) firstDigit = typed;
  markFirst();
}

function leaveGroup(group) {
  if (group.dataset.group !== "acute") show("");
  toRow();
}

function atMost(event) {
  const group = event.target.closest("[data-group]");
  if (!group || event.target.type !== "checkbox" || !event.target.checked) return;
  const unknown = event.target.value === "unknown";
  for (const input of inputs(group))
    if (input !== event.target && (unknown || input.value === "unknown")) input.checked = false;
  const full = inputs(group).filter((input) => input.checked).length > Number(group.dataset.most);
  if (full) event.target.checked = false;
  group.toggleAttribute("data-full", full);
}

// What is chosen decides what stands in the row and which cards show.
function refresh() {
  for (const place of sheet.querySelectorAll("[data-value]")) {
    const names = chosen(place.dataset.value).map((input) => input.nextElementSibling.textContent);
    place.textContent = names.join(", ");
    place.title = place.textContent;
  }
  const [caller, acute, stage] = ["caller", "acute", "stage"].map((name) => chosen(name)[0]?.value ?? "");
  for (const card of sheet.querySelectorAll("[data-callers]")) {
    const callers = card.dataset.callers.split(" ").filter(Boolean);
    card.toggleAttribute("data-on", callers.length === 0 || callers.includes(caller));
  }
  for (const help of sheet.querySelectorAll("[data-when-acute]")) {
    const stages = help.dataset.whenStage.split(" ").filter(Boolean);
    help.toggleAttribute("data-on", help.dataset.whenAcute === acute || stages.includes(stage));
  }
  tick();
}

// The return code, the call-back and the services open beside the notes.
async function openPanel(button) {
  show("");
  panel.hidden = false;
  sheet.toggleAttribute("data-panel", true);
  await htmx.ajax("GET", button.dataset.panelUrl, { target: "#panel" }).catch(() => {}); // the panel says so itself
}

function closePanel() {
  panel.hidden = true;
  sheet.toggleAttribute("data-panel", false);
  panel.replaceChildren();
}

function focusPanel() {
  if (!panel.hidden) (panel.querySelector("[aria-invalid], [data-panel-focus]") ?? panel.querySelector("input:not([type=hidden])") ?? panel.querySelector("[data-panel-title]"))?.focus();
}

// Keys
function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const target = event.target;
  const group = target.closest?.("[data-group]");
  const row = target.closest?.("[data-command]");
  if (event.key === "Escape") return escape(event, { group, row });
  if (group && /^[0-9]$/.test(event.key)) {
    event.preventDefault();
    chooseByDigit(group, event.key);
  } else if (row) inRow(event);
  else inPanel(event);
}

// A list in the panel that names a key for each choice; a field in the panel takes its letters itself.
function inPanel(event) {
  const list = event.target.closest?.("[data-panel-keys]");
  const hit = list && /^[0-9a-zåäö]$/i.test(event.key) && list.querySelector(`[data-keys~="${CSS.escape(event.key.toUpperCase())}"]`);
  if (!hit) return;
  event.preventDefault();
  hit.focus();
  hit.click();
}

function escape(event, { group, row }) {
  event.preventDefault();
  if (panel.contains(event.target) || (event.target === document.body && !panel.hidden)) {
    closePanel();
    toRow();
  } else if (group) leaveGroup(group);
  else if (row) notes.focus();
  else toRow();
}

function inRow(event) {
  if (/^[a-zåäö]$/i.test(event.key)) {
    const hit = sheet.querySelector(`[data-command] [data-letter="${CSS.escape(event.key.toUpperCase())}"]`);
    if (!hit) return;
    event.preventDefault();
    hit.focus();
    hit.click();
    return;
  }
  const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const all = [...sheet.querySelectorAll("[data-command] a, [data-command] button")].filter((one) => one.offsetParent);
  if (!move || !all.includes(event.target)) return;
  event.preventDefault();
  all[(all.indexOf(event.target) + move + all.length) % all.length].focus();
}

for (const key of keys) {
  key.setAttribute("role", "button");
  key.addEventListener("focus", () => (lastKey = key));
  key.addEventListener("click", (event) => {
    event.preventDefault();
    const already = key.getAttribute("aria-expanded") === "true" && event.detail > 0;
    if (already) show("");
    else open(key.dataset.opens);
  });
  key.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      key.click();
    }
  });
}
for (const button of sheet.querySelectorAll("[data-panel-url]"))
  button.addEventListener("click", (event) => {
    if (!globalThis.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openPanel(button);
  });
panel.addEventListener("click", (event) => {
  if (!event.target.closest("[data-panel-close]")) return;
  closePanel();
  toRow();
});
panel.addEventListener("htmx:afterSettle", focusPanel);
form.addEventListener("change", (event) => {
  atMost(event);
  refresh();
});
form.addEventListener("click", (event) => {
  const group = event.target.closest(".choice")?.closest("[data-group]");
  const byHand = event.detail > 0 && event.target.type !== "radio" && event.target.type !== "checkbox";
  if (group && byHand && group.dataset.most === "1" && group.dataset.group !== "acute") setTimeout(leaveGroup, 0, group);
});
form.addEventListener("draft:filled", refresh);
// A panel that is being exchanged leaves the focus nowhere for a moment; a key pressed then is still the sheet's.
document.addEventListener("keydown", (event) => {
  if (sheet.contains(event.target) || event.target === document.body) onKey(event);
});
notes.setSelectionRange(notes.value.length, notes.value.length);
show(sheet.querySelector("[data-group][data-open]")?.dataset.group ?? "");
refresh();
setInterval(tick, 5000);
