// Voices: which there are for a language, and how they sound.

import * as api from './api.js';
import { language } from './format.js';

const known = new Map();
const player = new Audio();
let stop = new AbortController();

/** The voices of a language, asked for once. */
export function voicesOf(lang) {
  if (!known.has(lang)) known.set(lang, api.voices(lang).catch(error => { known.delete(lang); throw error; }));
  return known.get(lang);
}

/** What a voice is called in a list. */
export const voiceLabel = ({ name, gender }) => (gender ? `${name} · ${gender === 'female' ? 'woman' : 'man'}` : name);

/**
 * Plays what a voice says; pressed again while it speaks, the button stops it. Answers how long it lasts in seconds, and throws what the
 * service refused.
 */
export async function hearLine(fields, button) {
  const speaking = button.getAttribute('aria-pressed') === 'true';
  stop.abort();
  player.pause();
  if (speaking) return undefined;
  const { signal } = stop = new AbortController();
  button.setAttribute('aria-pressed', 'true');
  signal.addEventListener('abort', () => button.setAttribute('aria-pressed', 'false'), { once: true });
  try {
    const address = URL.createObjectURL(await api.preview(fields, signal));
    signal.addEventListener('abort', () => URL.revokeObjectURL(address), { once: true });
    player.src = address;
    player.onended = () => stop.signal === signal && stop.abort();
    await new Promise((resolve, reject) => {
      player.onloadedmetadata = resolve;
      player.onerror = () => reject(new Error(`this browser cannot play ${language(fields.to_lang)} speech`));
    });
    await player.play().catch(() => {});
    return player.duration;
  } catch (error) {
    if (!signal.aborted) stop.abort();
    else return undefined;
    throw error;
  }
}
