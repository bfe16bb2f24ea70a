// Saves a form as it is written: <form data-draft-url data-draft-key-url data-draft-version data-draft-saved-at>.
// Each change is first sealed in this browser, then sent; once the server has it, the local copy is wiped.

import { merge, sameValue } from "./draft_merge.js";
import { noteSent } from "./draft_sent.js";
import * as store from "./draft_store.js";

const SAVE_AFTER = 2500;
const KEEP_AFTER = 300;
const TRY_AGAIN = 10_000;
const KEPT_AT_MOST = 7 * 24 * 60 * 60 * 1000;
const NOT_A_FIELD = new Set(["csrfmiddlewaretoken", "once", "version"]);
const LARGEST_LAST = 60_000; // what a browser still sends from a page that closes

class Draft {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.draftUrl;
    this.version = Number(form.dataset.draftVersion ?? 0);
    this.tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2).padEnd(8, "0");
    this.touched = new Set();
    this.saved = this.fields();
    this.keys = null;
    this.sending = false;
    this.waits = false;
    this.stopped = false;
  }

  async start() {
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", () => this.leave());
    this.part("[data-draft-take-over]")?.addEventListener("click", () => this.takeOver());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.beforeGone());
    window.addEventListener("pagehide", () => this.beforeGone());
    window.addEventListener("online", () => this.send());
    try {
      this.keys = await store.fetchKeys(this.form.dataset.draftKeyUrl);
      if (this.keys) {
        await this.restore();
        await store.forgetBefore(Date.now() - KEPT_AT_MOST);
      }
    } catch {
      this.keys = null; // the page works without a local copy
    }
    this.form.dataset.draftReady = "";
  }

  part(selector) {
    return this.form.querySelector(selector);
  }

  controls() {
    return [...this.form.elements].filter((control) => control.name && !NOT_A_FIELD.has(control.name) && control.type !== "submit");
  }

  fields() {
    const found = {};
    for (const control of this.controls()) {
      if (control.type === "checkbox") {
        found[control.name] ??= [];
        if (control.checked) found[control.name].push(control.value);
      } else if (control.type === "radio") {
        found[control.name] ??= "";
        if (control.checked) found[control.name] = control.value;
      } else found[control.name] = control.value;
    }
    return found;
  }

  fill(fields) {
    for (const control of this.controls()) {
      if (!(control.name in fields)) continue;
      const value = fields[control.name];
      if (control.type === "checkbox" || control.type === "radio") control.checked = [value].flat().includes(control.value);
      else if (control.value !== value) control.value = value;
    }
    this.form.dispatchEvent(new CustomEvent("draft:filled", { bubbles: true }));
  }

  longTexts() {
    return new Set(this.controls().filter((control) => control.tagName === "TEXTAREA").map((control) => control.name));
  }

  noteTouched() {
    const now = this.fields();
    for (const name of Object.keys(now)) if (!sameValue(now[name], this.saved[name])) this.touched.add(name);
    return now;
  }

  changed() {
    this.noteTouched();
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keep(), KEEP_AFTER);
    this.later(SAVE_AFTER);
  }

  later(wait) {
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => this.send(), wait);
  }

  async keep() {
    if (!this.keys || this.touched.size === 0) return false;
    try {
      const content = { fields: this.fields(), touched: [...this.touched], version: this.version, at: Date.now() };
      await store.keep(this.keys, this.address, content);
      return true;
    } catch {
      return false;
    }
  }

  async restore() {
    const kept = await store.find(this.keys, this.address);
    if (!kept) return;
    const savedAt = Date.parse(this.form.dataset.draftSavedAt ?? "") || 0;
    const mine = this.fields();
    const left = kept.touched.filter((name) => !sameValue(kept.fields[name], mine[name]));
    if (left.length === 0 || kept.at <= savedAt) return store.wipe(this.address);
    // Where the server has not moved since, what stands here is simply the newer text.
    const longTexts = kept.version === this.version ? new Set() : this.longTexts();
    this.fill(merge({ kept: mine, mine: kept.fields, touched: new Set(left), longTexts }));
    this.noteTouched();
    this.show("restored");
    this.later(SAVE_AFTER);
  }

  body(takeOver) {
    return JSON.stringify({ version: this.version, tab: this.tab, fields: this.fields(), take_over: takeOver });
  }

  headers() {
    const token = this.part("[name=csrfmiddlewaretoken]")?.value ?? "";
    return { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  }

  async send(takeOver = false, last = false) {
    if (this.stopped && !takeOver) return;
    if (this.sending) {
      this.waits = true;
      return;
    }
    if (this.touched.size === 0 && !takeOver) return;
    this.sending = true;
    const [sent, body] = [this.fields(), this.body(takeOver)];
    const keepalive = last && body.length < LARGEST_LAST;
    this.show("saving");
    try {
      await this.heard(await fetch(this.address, { method: "POST", redirect: "manual", headers: this.headers(), body, keepalive }), sent);
    } catch {
      await this.notSaved("kept");
    } finally {
      this.sending = false;
    }
    if (this.waits) {
      this.waits = false;
      this.later(0);
    }
  }

  async heard(answer, sent) {
    if (answer.ok) return this.isSaved(await answer.json(), sent);
    if (answer.status === 409) return this.isElsewhere(await answer.json());
    const signedOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    if (signedOut) return this.notSaved("signedOut");
    return this.notSaved(answer.status >= 500 ? "kept" : "refused");
  }

  async isSaved({ version, saved_at: at }, sent) {
    this.version = version;
    this.stopped = false;
    this.saved = sent;
    this.touched.clear();
    this.noteTouched();
    const field = this.part("[name=version]");
    if (field) field.value = version;
    this.part("[data-draft-elsewhere]")?.setAttribute("hidden", "");
    this.show("saved", new Date(at).toLocaleTimeString("sv-SE", { timeZone: "Europe/Stockholm" }));
    if (this.touched.size > 0) this.later(SAVE_AFTER);
    else if (this.keys) await store.wipe(this.address).catch(() => {});
  }

  async isElsewhere(other) {
    this.other = other;
    if (other.tab === this.tab) {
      this.version = other.version; // our own last save, whose answer never came
      return this.later(0);
    }
    this.stopped = true;
    await this.keep();
    this.part("[data-draft-elsewhere]")?.removeAttribute("hidden");
    this.show("elsewhere");
  }

  takeOver() {
    this.noteTouched();
    this.fill(merge({ kept: this.other.fields, mine: this.fields(), touched: this.touched, longTexts: this.longTexts() }));
    this.version = this.other.version;
    return this.send(true);
  }

  async notSaved(state) {
    const held = await this.keep();
    this.show(held || state === "refused" ? state : "lost");
    if (state !== "refused") this.later(TRY_AGAIN);
  }

  beforeGone() {
    clearTimeout(this.keepTimer);
    this.keep();
    if (!this.leaving) this.send(false, true);
  }

  leave() {
    this.leaving = true;
    clearTimeout(this.sendTimer);
    noteSent(this.address);
  }

  show(state, time = "") {
    const place = this.part("[data-draft-state]");
    if (!place) return;
    const words = `${place.dataset[state] ?? ""} ${time}`.trim();
    place.dataset.state = { elsewhere: "open-elsewhere", signedOut: "kept", lost: "kept", refused: "kept" }[state] ?? state;
    place.querySelector("[data-draft-words]").textContent = words;
    // Said aloud only when something needs the writer; a saved text is no news.
    const news = this.part("[data-draft-news]");
    if (news && state !== "saving") news.textContent = state === "saved" ? "" : words;
  }
}

for (const form of document.querySelectorAll("form[data-draft-url]")) new Draft(form).start();
