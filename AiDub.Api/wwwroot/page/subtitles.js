// The translation as subtitles over the dub.

import { h, show } from './dom.js';

/** Adds the dub's WebVTT track, and a button that shows and hides it once it is there. */
export async function addSubtitles(video, button, final, signal) {
  let text;
  try {
    const response = await fetch(final.subtitles.vtt, { signal });
    if (!response.ok) return;
    text = await response.text();
  } catch {
    return; // another origin that does not share them: they can still be downloaded
  }
  // A track of another origin would need the video's to agree; one of our own never does.
  const address = URL.createObjectURL(new Blob([text], { type: 'text/vtt' }));
  signal.addEventListener('abort', () => URL.revokeObjectURL(address));
  const element = h('track', { kind: 'subtitles', label: 'Translation', srclang: final.to_lang, src: address });
  video.append(element);
  // What is burned into the picture need not be shown twice.
  set(final.report?.subtitles !== 'burned' && final.subtitles_mode !== 'burned');
  show(button);
  button.addEventListener('click', () => set(element.track.mode !== 'showing'));

  function set(shown) {
    element.track.mode = shown ? 'showing' : 'hidden';
    button.setAttribute('aria-pressed', String(shown));
  }
}
