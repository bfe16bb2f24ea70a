// A form that was sent and taken in leaves no copy here, or it would stand in the next one. It was taken in when its
// own page led on to another; a page that never came, or that says what went wrong, leaves the copy where it is.

const SENT = "hemvag-sent";

export function noteSent(place) {
  try {
    sessionStorage.setItem(SENT, JSON.stringify({ place, page: location.pathname }));
  } catch {
    // without storage there is no copy either
  }
}

export async function forgetTaken() {
  const sent = JSON.parse(globalThis.sessionStorage?.getItem(SENT) ?? "null");
  if (!sent || document.body.classList.contains("signed-out")) return;
  sessionStorage.removeItem(SENT);
  const redirected = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  const from = document.referrer && new URL(document.referrer).pathname;
  if (!redirected || from !== sent.page || location.pathname === sent.page) return;
  const { wipe } = await import("./draft_store.js");
  await wipe(sent.place);
}
