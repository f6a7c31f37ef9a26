// SHA-256 of bytes: the browser's own where the page is secure, and else as FIPS 180-4 writes it.
const PRIMES = [];
for (let each = 2; PRIMES.length < 64; each++) {
  if (PRIMES.every((prime) => each % prime)) PRIMES.push(each);
}
const fraction = (root) => (root % 1) * 2 ** 32 | 0;
const FIRST = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const turned = (word, by) => (word >>> by) | (word << (32 - by));

/** In hexadecimal, of an ArrayBuffer. */
export async function sha256(body) {
  const sum = crypto.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", body)) : reckoned(new Uint8Array(body));
  return [...sum].map((each) => each.toString(16).padStart(2, "0")).join("");
}

export function reckoned(bytes) {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const sum = Int32Array.from(FIRST);
  const words = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) words[i] = view.getInt32(at + 4 * i);
      else {
        const [early, late] = [words[i - 15], words[i - 2]];
        words[i] = words[i - 16] + words[i - 7] + (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3))
          + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
      }
    }
    let [a, b, c, d, e, f, g, last] = sum;
    for (let i = 0; i < 64; i++) {
      const one = last + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i];
      const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, last] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, last].forEach((each, i) => (sum[i] += each));
  }
  const told = new DataView(new ArrayBuffer(32));
  sum.forEach((each, i) => told.setInt32(4 * i, each));
  return new Uint8Array(told.buffer);
}
