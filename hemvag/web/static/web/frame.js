// The frame's small helps. Every page works without them.

import { forgetTaken } from "./draft_sent.js";

function guardDoubleSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
}

function letGo() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
}

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select, [data-own-keys]"));
}

function followShortcut(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) return;
  const link = document.querySelector(`a[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function closeOpened(event) {
  const inside = event.target instanceof Node ? event.target : null;
  for (const opened of document.querySelectorAll("details.who[open], details.menu[open]")) {
    const isEscape = event.type === "keydown" && event.key === "Escape";
    if (isEscape && opened.contains(document.activeElement)) opened.querySelector("summary").focus();
    if (isEscape || (event.type === "click" && !opened.contains(inside))) opened.open = false;
  }
}

document.addEventListener("submit", guardDoubleSubmit);
window.addEventListener("pageshow", letGo);
document.addEventListener("click", closeOpened);
document.addEventListener("keydown", closeOpened);
if ("shortcuts" in document.body.dataset) document.addEventListener("keydown", followShortcut);
document.querySelector("[data-summary]")?.focus();
forgetTaken();
