// Everything about a finished dub: player, downloads, warnings, segments, report.

import { byId, h, show } from './dom.js';
import { dock } from './dock.js';
import { showPlayer } from './player.js';
import { showReport } from './report.js';
import { showSegments } from './segments.js';

let shown = null; // { id, made, player, segments, undock }

/**
 * Shows a dub that has a result. `original` is the File that was sent, or null; `rendering` is told when a new rendering begins. What is
 * shown already stays where it is, with the focus and what is typed; only what is new of it is renewed.
 */
export async function showResult(dub, { original, title, able, rendering, stop, signal }) {
  const [id, made] = [dub.request_id, `${dub.revision} ${dub.subtitles_mode}`];
  const isSame = shown?.id === id;
  if (isSame && shown.made === made) return;
  if (!isSame) hideResult();
  const at = isSame ? shown.player.time : 0;
  shown?.player.close();
  shown = { ...shown, id, made };
  show(byId('result'));
  const here = shown;
  here.player = showPlayer(byId('player'), dub, original, { at, told: (now, playing) => here.segments?.follow(now, playing) });
  here.undock ??= dock(byId('player-place'), byId('player'));
  showDownloads(dub, title);
  showWarnings(dub.warnings ?? []);
  if (here.segments) await here.segments.reload(dub);
  else here.segments = await showSegments(byId('segments'), dub, { able, player: () => shown.player, rendering, stop, signal });
  if (shown !== here) return here.segments?.close();
  showReport(byId('report'), dub.report, dub.to_lang, here.segments?.segments);
}

/** Tells how far a new rendering of what is shown is, 0–100; null: there is none. */
export const showRendering = percent => shown?.segments?.running(percent);

/** Stops playing and hides it all. */
export function hideResult() {
  shown?.undock?.();
  shown?.player?.close();
  shown?.segments?.close();
  shown = null;
  show(byId('result'), false);
  show(byId('segments'), false);
}

function showDownloads(final, title) {
  const stem = title.replace(/\.[^.]{1,4}$/, '');
  const extension = new URL(final.result_url).pathname.split('.').pop();
  byId('downloads').replaceChildren(...[
    ['Dubbed video', final.result_url, extension],
    ['Subtitles .srt', final.subtitles.srt, 'srt'],
    ['Subtitles .vtt', final.subtitles.vtt, 'vtt'],
  ].map(([label, href, ending], i) => h('a', {
    class: i ? 'button quiet' : 'button primary', href, download: `${stem}.${final.to_lang}.${ending}`, rel: 'noopener noreferrer',
    ...(new URL(href).origin === location.origin ? {} : { target: '_blank' }),
  }, i ? label : `Download the ${label.toLowerCase()}`)));
}

function showWarnings(warnings) {
  byId('warnings').querySelector('ul').replaceChildren(...warnings.map(({ code, msg }) => h('li', {}, msg, ' ', h('code', {}, code))));
  show(byId('warnings'), warnings.length > 0);
}
