// The drawer on the phone: sealed notes that wait, and how this phone is coupled. Nothing in it can be read as a note.
// Every change is told as done only when the browser has it on the disk (`durability: "strict"`).
const NAME = "onderweg";
const WORDS = ["version", "settings", "neighbourhoods", "themes", "bridges", "activities"];

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function openStore() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("notes", { keyPath: "uuid" });
    opening.result.createObjectStore("phone", { keyPath: "organisation" });
    opening.result.createObjectStore("now");
  };
  const base = await settled(opening);
  base.onversionchange = () => base.close();
  return new Store(base);
}

class Store {
  constructor(base) {
    this.base = base;
  }

  // Runs `work(store, transaction)`; its value comes once all of it is on the disk.
  #write(names, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.base.transaction(names, "readwrite", { durability: "strict" });
      const request = work(transaction);
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () =>
        reject(transaction.error ?? new DOMException("not kept", "AbortError"));
    });
  }

  #read(name, ask) {
    return settled(ask(this.base.transaction(name, "readonly").objectStore(name)));
  }

  // `add`, never `put`: a uuid is given once.
  add(note) {
    return this.#write("notes", (all) => all.objectStore("notes").add(note));
  }

  remove(uuids) {
    if (!uuids.length) return Promise.resolve();
    return this.#write("notes", (all) => {
      for (const uuid of uuids) all.objectStore("notes").delete(uuid);
    });
  }

  notes() {
    return this.#read("notes", (all) => all.getAll());
  }

  count() {
    return this.#read("notes", (all) => all.count());
  }

  // How this phone is coupled now: what /onderweg/koppelen/ answered, without the token; or undefined.
  async coupling() {
    const organisation = await this.#read("now", (all) => all.get("organisation"));
    if (organisation === undefined) return undefined;
    const { token, ...rest } = await this.#read("phone", (all) => all.get(organisation));
    return rest;
  }

  // Notes of an earlier organisation still leave with that one's token.
  phone(organisation) {
    return this.#read("phone", (all) => all.get(organisation));
  }

  // `answer` of /onderweg/koppelen/. Notes that wait keep what they are sealed for.
  couple(answer) {
    return this.#write(["phone", "now"], (all) => {
      all.objectStore("phone").put(answer);
      all.objectStore("now").put(answer.organisation, "organisation");
    });
  }

  // A new key to seal to, other words, whether it was withdrawn, or the place of the last note.
  #change(organisation, change) {
    return this.#write("phone", (all) => {
      const phones = all.objectStore("phone");
      const asked = phones.get(organisation);
      asked.onsuccess = () => asked.result && phones.put({ ...asked.result, ...change(asked.result) });
    });
  }

  renew(organisation, key, words, withdrawn) {
    const known = WORDS.filter((name) => words?.[name]).map((name) => [name, words[name]]);
    return this.#change(organisation, () => ({ ...Object.fromEntries(known), ...(key && { key }), withdrawn }));
  }

  // Locked without network: this login still has to end. The server's word for it, or null.
  owe(login) {
    return this.#write("now", (all) => all.objectStore("now").put(login, "logout"));
  }

  owed() {
    return this.#read("now", (all) => all.get("logout"));
  }

  async remember(last) {
    const organisation = await this.#read("now", (all) => all.get("organisation"));
    return this.#change(organisation, (phone) => ({ last: { ...phone.last, ...last } }));
  }
}
