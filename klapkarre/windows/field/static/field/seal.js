// A note is sealed in memory before it touches the phone: whoever takes the phone, or reads its disk, opens nothing.
// ECDH P-256 with a pair of keys of its own for each note, HKDF-SHA256, AES-256-GCM. The seal names organisation, key and
// note, so that it fits nowhere else. The opening half never leaves the server (docs/decisions/0034-field-app.md).
const CURVE = { name: "ECDH", namedCurve: "P-256" };
// Filled up with spaces, which JSON skips: from outside a tick and a few words look alike.
const BLOCK = 512;
const utf8 = new TextEncoder();

export const toText = (bytes) =>
  btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

export const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

function padded(value) {
  const bytes = utf8.encode(JSON.stringify(value));
  const whole = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK).fill(32);
  whole.set(bytes);
  return whole;
}

// Seals `value` (anything JSON can say) for the organisation of `key` ({id, public}), as the note `uuid`.
export async function seal(organisation, key, uuid, value) {
  const { subtle } = crypto;
  const theirs = await subtle.importKey("raw", toBytes(key.public), CURVE, false, []);
  const ours = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const secret = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const info = utf8.encode(`klapkarre-onderweg|1|${key.id}|${uuid}`);
  const aes = await subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info },
    await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]),
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = utf8.encode(`klapkarre-onderweg|1|${organisation}|${key.id}|${uuid}`);
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, aes, padded(value));
  const epk = await subtle.exportKey("raw", ours.publicKey);
  return { v: 1, key: String(key.id), epk: toText(epk), iv: toText(iv), ct: toText(sealed) };
}
