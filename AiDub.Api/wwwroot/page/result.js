// Everything about a finished dub: player, downloads, warnings, segments, report.

import { byId, h, show } from './dom.js';
import { showPlayer } from './player.js';
import { showReport } from './report.js';
import { showSegments } from './segments.js';

let player = null;

/** Shows a final response. `original` is the File that was sent, or its address; `rendering` is told when a new rendering begins. */
export async function showResult(final, { original, title, features, rendering }) {
  hideResult();
  show(byId('result'));
  player = showPlayer(byId('player'), final, original);
  showDownloads(final, title);
  showWarnings(final.warnings ?? []);
  showReport(byId('report'), final.report);
  if (!features.segments) return;
  const segments = await showSegments(byId('segments'), final.request_id, { seek: seconds => player.seek(seconds), rendering });
  showReport(byId('report'), final.report, segments);
}

/** Stops playing and hides it all. */
export function hideResult() {
  player?.close();
  player = null;
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
