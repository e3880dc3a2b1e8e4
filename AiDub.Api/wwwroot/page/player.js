// Original and dub side by side under one set of controls.

import { source } from './api.js';
import { announce, h, show } from './dom.js';
import { clock, language } from './format.js';
import { NoWaveform, peaksOf } from './peaks.js';
import { mayPlay } from './policy.js';
import { addSubtitles } from './subtitles.js';
import { Twins } from './twins.js';
import { Waveform } from './waveform.js';

const stepSeconds = 5;

/**
 * Fills `place` with a player of a finished dub. `original` is the File that was dubbed, or null: then the service has it, while it is kept.
 * `told` is told the second that is played, and whether it goes on. Answers `{ time, seek, playSpan, close }`.
 */
export function showPlayer(place, final, original, { at = 0, told = () => {} } = {}) {
  const closing = new AbortController();
  let stopAt = null;
  const sides = { original: side('Original', language(final.from_lang)), dub: side('Dub', language(final.to_lang)) };
  const twins = new Twins(sides.original.video, sides.dub.video);
  const waves = { original: new Waveform(go, closing.signal), dub: new Waveform(go, closing.signal) };
  for (const name of ['original', 'dub']) sides[name].element.append(waves[name].element);

  const play = h('button', { type: 'button', class: 'play primary', 'aria-label': 'Play', 'aria-keyshortcuts': 'Space', onclick: toggle });
  const seek = h('input', { type: 'range', class: 'seek', min: 0, max: 1000, value: 0, step: 'any', 'aria-label': 'Position', oninput: () => go(seek.value / 1000 * twins.duration) });
  const time = h('span', { class: 'time' }, '0:00');
  const heard = choice('Heard', [['original', 'Original'], ['dub', 'Dub']], 'dub', value => { twins.heard = value; });
  const captions = h('button', { type: 'button', class: 'quiet captions', 'aria-pressed': 'false', hidden: true }, 'Subtitles');

  place.replaceChildren(
    h('div', { class: 'screens' }, sides.original.element, sides.dub.element),
    h('div', { class: 'controls' }, play, seek, time, heard.element, captions),
    h('p', { class: 'keys muted' }, h('kbd', {}, 'Space'), ' plays · ', h('kbd', {}, '←'), ' ', h('kbd', {}, '→'), ` move ${stepSeconds} s · `, h('kbd', {}, 'M'), ' switches what is heard'));

  function go(seconds) {
    stopAt = null;
    return twins.seek(seconds);
  }

  function toggle() {
    stopAt = null;
    return twins.toggle();
  }

  twins.addEventListener('time', () => {
    const now = twins.time;
    if (twins.duration) seek.value = now / twins.duration * 1000;
    seek.setAttribute('aria-valuetext', `${clock(now)} of ${clock(twins.duration)}`);
    time.textContent = `${clock(now)} / ${clock(twins.duration)}`;
    for (const wave of Object.values(waves)) wave.time = now;
    if (stopAt !== null && now >= stopAt) {
      stopAt = null;
      twins.pause();
    }
    told(now, twins.playing);
  });
  twins.addEventListener('state', () => {
    play.classList.toggle('playing', twins.playing);
    play.setAttribute('aria-label', twins.playing ? 'Pause' : 'Play');
    heard.value = twins.heard;
    for (const name of ['original', 'dub']) sides[name].element.classList.toggle('heard', twins.heard === name);
  });

  load(sides.dub, final.result_url, () => sides.dub.excuse('This browser cannot play the result; download it below.'));
  loadOriginal();
  addSubtitles(sides.dub.video, captions, final, closing.signal);
  drawWave(waves.dub, final.result_url);
  twins.heard = 'dub';
  if (at) sides.dub.video.addEventListener('loadedmetadata', () => twins.seek(at), { once: true });

  async function loadOriginal() {
    const gone = 'The original is kept for as long as the dub can be edited, and is gone now.';
    const kept = original instanceof Blob ? URL.createObjectURL(original) : await source(final.request_id, closing.signal).then(({ url }) => url, () => null);
    // Where it lay, if this page may play from there.
    const address = kept ?? (await mayPlay(final.source_video_url) ? final.source_video_url : null);
    if (closing.signal.aborted) return;
    if (original instanceof Blob) closing.signal.addEventListener('abort', () => URL.revokeObjectURL(address));
    if (!address) return missing(gone);
    sides.original.video.addEventListener('loadeddata', () => {
      twins.hasOriginal = true;
      heard.enable();
      twins.seek(twins.time);
      drawWave(waves.original, original ?? address);
    }, { once: true });
    load(sides.original, address, () => missing(kept ? 'This browser cannot play the original.' : gone));
  }

  function missing(why) {
    waves.original.excuse('');
    heard.disable('original');
    sides.original.excuse(why, original ? null : final.source_video_url);
  }

  async function drawWave(wave, source) {
    try {
      wave.fill(await peaksOf(source, final.duration_seconds, closing.signal), final.duration_seconds);
    } catch (error) {
      if (!closing.signal.aborted) wave.excuse(error instanceof NoWaveform ? error.message : 'There is no waveform.');
    }
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !place.offsetParent) return;
    const typing = event.target.closest('input:not([type=range]):not([type=radio]), textarea, select');
    const choosing = event.target.closest('[type=radio]'); // goes by arrows itself
    const pressing = event.target.closest('button, a, summary');
    if (typing) return;
    if (event.key === ' ' && !pressing) toggle();
    else if (!choosing && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) go(twins.time + (event.key === 'ArrowLeft' ? -stepSeconds : stepSeconds));
    else if (event.key === 'm' || event.key === 'M') {
      twins.heard = twins.heard === 'dub' ? 'original' : 'dub';
      announce(twins.heard === 'dub' ? 'The dub is heard' : 'The original is heard');
    } else return;
    event.preventDefault();
  }
  document.addEventListener('keydown', onKey, { signal: closing.signal });

  return {
    get time() { return twins.time; },
    seek: go,
    /** Plays from one second to another. */
    async playSpan(from, to) {
      await go(from);
      stopAt = to + 0.1;
      if (!twins.playing) await twins.play();
    },
    close() {
      twins.pause();
      closing.abort();
      for (const { video } of Object.values(sides)) {
        video.removeAttribute('src');
        video.load();
      }
    },
  };
}

function side(name, spoken) {
  const video = h('video', { playsInline: true, preload: 'auto', tabIndex: -1, 'aria-label': `${name}, ${spoken}` });
  const note = h('p', { class: 'frame-note', hidden: true });
  return {
    video,
    element: h('figure', { class: `screen ${name.toLowerCase()}` }, h('figcaption', {}, h('strong', {}, name), h('span', { class: 'muted' }, spoken)), h('div', { class: 'frame' }, video, note)),
    excuse(text, address) {
      note.replaceChildren(text, ...(address?.startsWith('http') ? [' ', h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, 'Open it in a tab')] : []));
      show(note);
    },
  };
}

function load({ video }, address, fail) {
  video.addEventListener('error', fail, { once: true });
  video.src = address;
}

function choice(legend, options, chosen, tell) {
  const radios = options.map(([value]) => h('input', { type: 'radio', name: legend, value, checked: value === chosen, disabled: value === 'original', onchange: () => tell(value) }));
  return {
    element: h('fieldset', { class: 'switch' }, h('legend', { class: 'visually-hidden' }, legend), options.map(([, label], i) => h('label', {}, radios[i], h('span', {}, label)))),
    set value(value) { for (const radio of radios) radio.checked = radio.value === value; },
    enable() { for (const radio of radios) radio.disabled = false; },
    disable(value) { for (const radio of radios) radio.disabled = radio.value === value; },
  };
}
