// What has not reached the server yet, kept in this browser: sealed with AES-GCM under a key that the server gives
// only to the signed-in worker. The keys are never extractable and never stored: the present one, and those before it
// while the installation's secret is being changed.

const DATABASE = "hemvag";
const STORE = "drafts";

export async function fetchKeys(address) {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return null;
  const answer = await fetch(address, { cache: "no-store", redirect: "manual", headers: { Accept: "application/json" } });
  if (!answer.ok) return null;
  const { key, former = [] } = await answer.json();
  return Promise.all([key, ...former].map(imported));
}

async function imported(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  bytes.fill(0);
  return key;
}

export async function keep([key], place, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const box = await crypto.subtle.encrypt(bound(place, iv), key, plain);
  await run("readwrite", (store) => store.put({ iv, box, at: Date.now() }, place));
}

// What was kept for this place, or null: nothing there, or sealed under somebody else's key (left where it is).
export async function find(keys, place) {
  const row = await run("readonly", (store) => store.get(place));
  if (!row) return null;
  for (const key of keys) {
    try {
      const plain = await crypto.subtle.decrypt(bound(place, row.iv), key, row.box);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      continue;
    }
  }
  return null;
}

export function wipe(place) {
  return run("readwrite", (store) => store.delete(place));
}

// What nobody came back for is of no use to anyone.
export async function forgetBefore(time) {
  const [places, rows] = await Promise.all([run("readonly", (store) => store.getAllKeys()), run("readonly", (store) => store.getAll())]);
  for (const [index, row] of rows.entries()) if (row.at < time) await wipe(places[index]);
}

function bound(place, iv) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) };
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run(mode, ask) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}
