// Whether a line fits before it is spoken: its length by the voice's own pace, against the time until the next line.

/** Up to which tempo a line is unhurried, as the report counts it, and up to which it can still be followed. */
export const comfortable = 1.15;
const bearable = 1.3;

const usualPace = 14; // characters a second
const widePace = 5; // of scripts whose characters are words or syllables
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const enoughCharacters = 40;

// A digit is spoken as a word.
const lengthOf = text => text.trim().replace(/\s+/g, ' ').replace(/\d/g, '00000').length;

/**
 * How many characters a second each voice says at its own rate, from the lines that were spoken; of a voice of which too few were, that
 * of all of them, and of none the usual one.
 */
export function paces(segments) {
  const sums = new Map();
  const all = { characters: 0, seconds: 0 };
  for (const { translation, changed, voice, dub_start: start, dub_end: end, tempo } of segments) {
    if (changed || !(end > start) || !(tempo > 0)) continue;
    const sum = sums.get(voice) ?? sums.set(voice, { characters: 0, seconds: 0 }).get(voice);
    for (const part of [sum, all]) {
      part.characters += lengthOf(translation ?? '');
      part.seconds += (end - start) * tempo;
    }
  }
  const of = sum => (sum && sum.characters >= enoughCharacters ? sum.characters / sum.seconds : null);
  return (voice, text) => of(sums.get(voice)) ?? of(all) ?? (wide.test(text) ? widePace : usualPace);
}

/** How long a line has, in seconds: until the next one starts, or the video ends. */
export const roomOf = (segments, place, duration) =>
  Math.max(0.1, (segments[place + 1]?.start ?? Math.max(duration, segments[place].end)) - segments[place].start);

/** `good`, `tight` or `over`. */
export const gradeOfTempo = tempo => (tempo <= comfortable ? 'good' : tempo <= bearable ? 'tight' : 'over');

/** How a text of so many seconds fits: `{ tempo, grade, words }`, grade `good`, `tight` or `over`. */
export function fit(seconds, room) {
  const tempo = Math.max(seconds / room, 0.01);
  const grade = gradeOfTempo(tempo);
  const say = { good: 'Fits', tight: 'Tight', over: 'Too long' }[grade];
  return { tempo, grade, words: `${say}: about ${seconds.toFixed(1)} s in ${room.toFixed(1)} s` };
}

/** How long a text takes at a pace, in seconds. */
export const secondsOf = (text, pace) => lengthOf(text) / pace;
