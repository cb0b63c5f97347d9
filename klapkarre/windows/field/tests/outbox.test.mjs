// What the outbox does when things go wrong. Run by test_wait_on_the_phone.py; alone: node --test outbox.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, NotCoupled, answer, phone } from "./phone.mjs";

const FACTS = { setting: "straat", note: "koffie met drie buren" };
const HOUR = 3_600_000;

async function filled(number, parts = {}) {
  const one = phone(parts);
  for (let i = 0; i < number; i += 1) {
    one.clock.now += 1000;
    await one.outbox.add("contact", FACTS);
  }
  return one;
}

test("a note is sealed, waits, leaves once, and is forgotten then", async () => {
  const { outbox, drawer, server, clock } = phone();
  const uuid = await outbox.add("contact", FACTS);
  assert.deepEqual([...drawer.disk.keys()], [uuid]);
  assert.deepEqual(Object.keys(drawer.disk.get(uuid)).sort(), ["at", "organisation", "sealed", "uuid"]);
  assert.equal(await outbox.oldest(), clock.now);
  assert.deepEqual(await outbox.send(), { sent: 1, kept: 0, gone: 0, state: "sent", left: 0 });
  assert.equal(server.posts.length, 1);
  const [post] = server.posts;
  assert.equal(post.path, "/onderweg/ontvangen/");
  assert.deepEqual(post.headers, { Authorization: "Bearer token", "Content-Type": "application/json" });
  assert.deepEqual([post.credentials, post.redirect, post.cache], ["omit", "error", "no-store"]);
  assert.deepEqual([post.body.now, post.body.words], [clock.now, "words"]);
  assert.deepEqual(JSON.parse(server.stored.get(uuid).ct), { kind: "contact", when: clock.now, facts: FACTS });
  assert.equal(await outbox.oldest(), null);
});

test("without a coupling nothing is noted, and nothing pretends to be", async () => {
  const { outbox, drawer } = phone();
  drawer.coupled = null;
  await assert.rejects(outbox.add("contact", FACTS), NotCoupled);
  assert.equal(await outbox.count(), 0);
});

test("a full phone says so, and keeps nothing that it did not have", async () => {
  const { outbox, drawer } = await filled(1);
  drawer.full = true;
  await assert.rejects(outbox.add("contact", FACTS), { name: "QuotaExceededError" });
  assert.equal(await outbox.count(), 1);
});

const NOTHING_HAPPENED = {
  "no network": () => { throw new TypeError("Failed to fetch"); },
  "a page of a hotspot": () => answer(200, "<html>Welkom op onze wifi</html>"),
  "an answer cut off": () => answer(200, '{"v": 1, "answers": [{"uuid": "uu'),
  "another kind of answer": () => answer(200, { v: 2, answers: [] }),
  "answers that are no list": () => answer(200, { v: 1, answers: "stored" }),
  "nothing at all": () => answer(200, "null"),
  "a server in pieces": () => answer(500, "oops"),
  "a server that is closed": () => answer(503, "", { "Retry-After": "5" }),
  "too many": () => answer(429, "", { "Retry-After": "5" }),
  "an unknown token": () => answer(401, "{}"),
  "not found": () => answer(404, ""),
  "busy": (notes) => answer(200, { v: 1, answers: notes.map(({ uuid }) => ({ uuid, status: "again" })) }),
  "a word of the future": (notes) => answer(200, { v: 1, answers: notes.map(({ uuid }) => ({ uuid, status: "archived" })) }),
  "somebody else's notes": () => answer(200, { v: 1, answers: [{ uuid: "uuid-of-another", status: "stored" }, null, 3] }),
};
for (const [name, says] of Object.entries(NOTHING_HAPPENED)) {
  test(`everything stays after: ${name}`, async () => {
    const { outbox, server, clock } = await filled(3);
    const good = server.says;
    server.says = says;
    const done = await outbox.send();
    assert.deepEqual([done.sent, done.left], [0, 3]);
    assert.notEqual(done.state, "sent");
    server.says = good;
    clock.now += HOUR;
    assert.deepEqual(await outbox.send(), { sent: 3, kept: 0, gone: 0, state: "sent", left: 0 });
    assert.equal(server.stored.size, 3);
  });
}

test("an answer that got lost is asked again, and the server sees the same uuid", async () => {
  const { outbox, server } = await filled(2);
  server.says = (_notes, good) => { good(); throw new TypeError("the train went into a tunnel"); };
  assert.equal((await outbox.send()).left, 2);
  server.says = (_notes, good) => good();
  assert.equal((await outbox.send()).left, 0);
  assert.equal(server.stored.size, 2);
});

test("each note has its own answer", async () => {
  const { outbox, server } = await filled(5);
  const words = ["stored", "kept", "gone", "again", "stored"];
  server.says = (notes) => answer(200, { v: 1, answers: notes.map(({ uuid }, at) => ({ uuid, status: words[at] })) });
  assert.deepEqual(await outbox.send(), { sent: 4, kept: 1, gone: 1, state: "later", left: 1 });
});

test("one note that the server cannot read does not hold up the others", async () => {
  const { outbox, server, drawer } = await filled(9);
  const bad = [...drawer.disk.keys()][4];
  server.says = (notes, good) => (notes.some((note) => note.uuid === bad) ? answer(400, "{}") : good());
  assert.deepEqual(await outbox.send(), { sent: 8, kept: 0, gone: 0, state: "refused", left: 1 });
  assert.deepEqual([...drawer.disk.keys()], [bad]);
});

test("portions are what the server takes, the oldest first", async () => {
  const { outbox, server } = await filled(MOST * 2 + 1);
  await outbox.send();
  assert.deepEqual(server.posts.map((post) => post.body.notes.length), [MOST, MOST, 1]);
  const order = server.posts.flatMap((post) => post.body.notes.map((note) => note.uuid));
  assert.deepEqual(order, [...order].sort());
});

test("long notes go in smaller portions", async () => {
  const { outbox, server, clock } = phone();
  for (let i = 0; i < 30; i += 1) {
    clock.now += 1;
    await outbox.add("contact", { note: "x".repeat(20_000) });
  }
  await outbox.send();
  assert.equal(server.stored.size, 30);
  for (const post of server.posts) assert.ok(JSON.stringify(post.body).length < 256_000);
});

test("patience is kept, but never longer than an hour, also when the clock jumps", async () => {
  const { outbox, server, clock } = await filled(1);
  const good = server.says;
  server.says = () => answer(429, "", { "Retry-After": "999999" });
  await outbox.send();
  server.says = good;
  assert.equal((await outbox.send()).state, "later");
  assert.equal(server.posts.length, 1);
  clock.now -= 2 * 365 * 24 * HOUR;
  assert.equal((await outbox.send()).left, 0);
});

test("the button does not wait", async () => {
  const { outbox, server } = await filled(1);
  const good = server.says;
  server.says = () => answer(503, "");
  await outbox.send();
  server.says = good;
  assert.equal((await outbox.send({ insist: true })).left, 0);
});

test("two at once: one sends, the other says so", async () => {
  const { outbox, server } = await filled(1);
  const both = await Promise.all([outbox.send(), outbox.send()]);
  assert.deepEqual(both.map((done) => done.state), ["sent", "busy"]);
  assert.equal(server.posts.length, 1);
});

test("what is noted while sending waits for its turn", async () => {
  const { outbox, server } = await filled(1);
  server.says = async (_notes, good) => { await outbox.add("contact", FACTS); return good(); };
  assert.equal((await outbox.send()).left, 1);
  server.says = (_notes, good) => good();
  assert.equal((await outbox.send()).left, 0);
  assert.equal(server.stored.size, 2);
});

test("a drawer that cannot forget sends again, and the server has it once", async () => {
  const { outbox, drawer, server } = await filled(1);
  const { remove } = drawer;
  drawer.remove = async () => { throw new DOMException("full", "QuotaExceededError"); };
  assert.equal((await outbox.send()).left, 1);
  drawer.remove = remove;
  assert.equal((await outbox.send()).left, 0);
  assert.equal(server.stored.size, 1);
});

test("a new key and new words come along", async () => {
  const { outbox, server, drawer } = await filled(1);
  server.says = (notes) =>
    answer(200, { v: 1, answers: notes.map(({ uuid }) => ({ uuid, status: "stored" })), key: { id: 8, public: "+" }, words: { themes: [["a", "A"]] } });
  await outbox.send();
  assert.deepEqual([drawer.coupled.key.id, drawer.coupled.themes, drawer.coupled.token], [8, [["a", "A"]], "token"]);
  const uuid = await outbox.add("contact", FACTS);
  assert.equal(drawer.disk.get(uuid).sealed.key, "8");
});

test("who asks for news gets it, also when nothing waits; else nobody calls", async () => {
  const { outbox, server, drawer } = phone();
  await outbox.send();
  assert.equal(server.posts.length, 0);
  server.says = () => answer(200, { v: 1, answers: [], key: { id: 9, public: "+" } });
  assert.equal((await outbox.send({ freshen: true })).state, "sent");
  assert.deepEqual([server.posts[0].body.notes, drawer.coupled.key.id], [[], 9]);
});

test("a phone that was withdrawn knows it, also when nothing waits, until it is live again", async () => {
  const { outbox, server, drawer } = phone();
  const says = (live) => () => answer(200, { v: 1, answers: [], live });
  for (const live of [false, true]) {
    server.says = says(live);
    await outbox.send({ freshen: true });
    assert.equal(drawer.coupled.withdrawn, !live);
  }
});

test("a browser without timeouts sends all the same", async () => {
  const { timeout } = AbortSignal;
  AbortSignal.timeout = undefined;
  try {
    const { outbox } = await filled(1);
    assert.equal((await outbox.send()).left, 0);
  } finally {
    AbortSignal.timeout = timeout;
  }
});

test("notes of an organisation of before wait for its token, and do not hold up the others", async () => {
  const { outbox, drawer } = await filled(1);
  drawer.coupled = { organisation: 2, token: "other", key: { id: 1, public: "-" } };
  await outbox.add("contact", FACTS);
  assert.deepEqual(await outbox.send(), { sent: 1, kept: 0, gone: 0, state: "unknown", left: 1 });
});
