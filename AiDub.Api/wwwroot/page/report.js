// What was measured while the dub was made.

import { bars, tempos } from './chart.js';
import { h, show } from './dom.js';
import { comfortable } from './fit.js';
import { lasting } from './format.js';
import { betterBy } from './languages.js';

const steps = { texts: 'Texts', fetch: 'Fetch', transcribe: 'Recognise', speakers: 'Speakers', separate: 'Background', translate: 'Translate', edit: 'Edits', speak: 'Speak', fit: 'Fit', render: 'Mix', release: 'Tidy up' };

/** Fills `place` with the report of a dub into a language; `segments` adds the tempo of each, where they are known. */
export function showReport(place, report, toLang, segments = []) {
  if (!report) return show(place, false);
  const better = h('p', { class: 'better', hidden: true });
  place.replaceChildren(
    h('h2', { id: 'report-title' }, 'Report'),
    h('dl', { class: 'facts' }, facts(report).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    better,
    h('div', { class: 'charts' }, charts(report, segments)));
  show(place);
  betterBy(toLang).then(command => {
    if (!command) return;
    better.append('Better engines can be had on this machine, for dubs to come: ', h('code', {}, command));
    show(better);
  });
}

function facts(report) {
  const { timing, voices = [] } = report;
  return [
    ['Recognised by', report.recognizer],
    ['Translated by', report.translator],
    ['Spoken by', report.synthesizer],
    ['Segments', report.segments],
    ['Voices', voices.map(v => `${v.speaker} ${v.voice}`).join(', ')],
    ['Fastest segment', timing && `${timing.max_tempo.toFixed(2)} ×`],
    ['Unhurried', timing && `${Math.round(timing.comfortable_share * 100)} %`],
    ['Starts within', timing && `${Math.round(timing.start_error_p95_seconds * 1000)} ms (p95)`],
    ['Speech overlap', timing && `${Math.round(timing.speech_overlap * 100)} %`],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '');
}

const signed = number => number.toFixed(1).replace('-', '−');

function charts(report, segments) {
  const speeds = segments.map(segment => segment.tempo).filter(tempo => tempo > 0);
  const { source_lufs: before, result_lufs: after } = report.loudness ?? {};
  const place = Object.keys(steps);
  const took = Object.entries(report.step_seconds ?? {}).filter(([, seconds]) => seconds > 0).sort(([a], [b]) => place.indexOf(a) - place.indexOf(b));
  return [
    speeds.length > 1 && tempos(`Tempo of each segment; shaded is unhurried, up to ${comfortable}`, speeds, comfortable),
    before && after && bars('Loudness in LUFS', [
      { label: 'Original', value: before, text: signed(before), kind: 'bar plain' },
      { label: 'Dub', value: after, text: signed(after) },
    ], { from: -50, to: 0 }),
    took.length > 0 && bars('Time each step took', took.map(([name, seconds]) => ({ label: steps[name] ?? name, value: seconds, text: lasting(seconds) }))),
  ];
}
