// What waits on the phone until the server has it: exactly once, whatever the network, the clock or the battery does.
//
// A note gets its uuid once, is sealed, and lies on the disk before anyone says "bewaard". It leaves only when the server
// says of that very uuid that it is `stored`, `kept` (a colleague will look) or `gone` (erased on request). Every other
// answer, or none, changes nothing here: sending again is always safe, because the server knows the uuid.
//
// No window, no clock and no network of its own: they are given, so that the same file runs in the tests.
const SETTLED = new Set(["stored", "kept", "gone"]);
export const MOST = 50; // notes at once, as many as the server takes
const MOST_BYTES = 200_000; // of the 256 kB that it reads
const PATIENCE = 30_000;
const HOUR = 3_600_000;

export class NotCoupled extends Error {}

export class Outbox {
  // store: see store.js; fetch: as in a browser; seal: see seal.js; now: ms since 1970; uuid: a new one.
  // alone(work): runs `work` when nobody else on this phone sends, or answers null (another tab is at it).
  constructor({ store, fetch, seal, now, uuid, alone }) {
    Object.assign(this, { store, fetch, seal, now, uuid });
    this.alone = alone ?? ((work) => this.#oneAtATime(work));
    this.notBefore = 0; // the server asked for patience
  }

  // The uuid of the note, once it is safe on the disk. Throws, and then nothing was kept.
  async add(kind, facts) {
    const { organisation, key } = (await this.store.coupling()) ?? {};
    if (!key) throw new NotCoupled();
    const [uuid, when] = [this.uuid(), this.now()];
    const sealed = await this.seal(organisation, key, uuid, { kind, when, facts });
    await this.store.add({ uuid, organisation, at: when, sealed });
    return uuid;
  }

  count() {
    return this.store.count();
  }

  // When the note that waits longest was made, or null.
  async oldest() {
    const notes = await this.store.notes();
    return notes.length ? Math.min(...notes.map((note) => note.at)) : null;
  }

  // {sent, left, kept, gone, state}; state: sent | offline | unknown (token) | later | refused | busy (another tab sends).
  // insist: do not wait any longer. freshen: also ask for news (key, words) when nothing waits.
  async send({ insist = false, freshen = false } = {}) {
    const done = { sent: 0, kept: 0, gone: 0, state: "sent" };
    // Never longer than an hour, also when the clock of the phone jumps.
    const wait = this.notBefore - this.now();
    if (!insist && wait > 0 && wait <= HOUR) done.state = "later";
    else if ((await this.alone(() => this.#sendAll(done, freshen))) === null) done.state = "busy";
    return { ...done, left: await this.count() };
  }

  #busy = false;

  async #oneAtATime(work) {
    if (this.#busy) return null;
    this.#busy = true;
    try {
      return (await work()) ?? true;
    } finally {
      this.#busy = false;
    }
  }

  async #sendAll(done, freshen) {
    const byOrganisation = new Map();
    for (const note of await this.store.notes()) {
      if (!byOrganisation.has(note.organisation)) byOrganisation.set(note.organisation, []);
      byOrganisation.get(note.organisation).push(note);
    }
    for (const [organisation, notes] of byOrganisation) {
      const phone = await this.store.phone(organisation);
      if (!phone?.token) done.state = "unknown";
      else for (const some of portions(notes)) if (!(await this.#post(phone, some, done))) break;
    }
    const { organisation } = (freshen && (await this.store.coupling())) || {};
    if (organisation !== undefined && !byOrganisation.has(organisation))
      await this.#post(await this.store.phone(organisation), [], done);
    return true;
  }

  // Is it of use to go on with the next portion?
  async #post(phone, notes, done) {
    let answer, status;
    try {
      answer = await this.fetch("/onderweg/ontvangen/", {
        method: "POST",
        headers: { Authorization: `Bearer ${phone.token}`, "Content-Type": "application/json" },
        body: JSON.stringify({
          v: 1,
          now: this.now(),
          words: phone.version, // the server sends its words when they differ
          notes: notes.map(({ uuid, sealed }) => ({ uuid, sealed })),
        }),
        credentials: "omit",
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout?.(PATIENCE), // Android 6 and older do not have it: there the browser's own patience counts
      });
      status = answer.status;
      if (status === 200) return await this.#hear(phone, await answer.json(), notes, done);
    } catch {
      done.state = "offline"; // no network, cut off halfway, or a page of a hotspot instead of an answer
      return false;
    }
    if ((status === 400 || status === 413) && notes.length > 1) {
      // One note that cannot be read must not hold up the others.
      const half = notes.length >> 1;
      const first = await this.#post(phone, notes.slice(0, half), done);
      return first && (await this.#post(phone, notes.slice(half), done));
    }
    if (status === 400 || status === 413) {
      done.state = "refused";
      return true;
    }
    done.state = status === 401 ? "unknown" : "later";
    if (status === 429 || status === 503) {
      const seconds = Number(answer.headers.get("Retry-After")) || 60;
      this.notBefore = this.now() + Math.min(Math.max(seconds * 1000, 1000), HOUR);
    }
    return false;
  }

  async #hear(phone, said, notes, done) {
    if (said?.v !== 1 || !Array.isArray(said.answers)) throw new TypeError("not our server");
    const ours = new Set(notes.map((note) => note.uuid));
    const settled = said.answers.filter((one) => ours.has(one?.uuid) && SETTLED.has(one.status));
    await this.store.remove(settled.map((one) => one.uuid));
    done.sent += settled.length;
    for (const { status } of settled) if (status in done) done[status] += 1;
    if (settled.length < notes.length) done.state = "later";
    // Withdrawn, or its worker has no role any more: kept, so that it is told without network too.
    const withdrawn = said.live === false;
    if (said.key || said.words || withdrawn !== Boolean(phone.withdrawn))
      await this.store.renew(phone.organisation, said.key, said.words, withdrawn);
    return true;
  }
}

// As many notes as the server takes at once, the oldest first.
function* portions(notes) {
  let [some, bytes] = [[], 0];
  for (const note of [...notes].sort((one, other) => one.at - other.at)) {
    const size = JSON.stringify(note.sealed).length + 100;
    if (some.length && (some.length === MOST || bytes + size > MOST_BYTES)) {
      yield some;
      [some, bytes] = [[], 0];
    }
    some.push(note);
    bytes += size;
  }
  if (some.length) yield some;
}
