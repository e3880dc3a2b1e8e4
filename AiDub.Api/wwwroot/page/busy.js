// How far a dub is: stages, percent, and what it is doing now.

import { announce, byId, h, show } from './dom.js';
import { lasting } from './format.js';

const sending = ['Send', 'Sending the file'];
const stages = [
  ['Listen', 'Fetching the video and recognising its speech'],
  ['Translate', 'Translating'],
  ['Speak', 'Speaking the translation'],
  ['Mix', 'Fitting the speech to the picture and mixing'],
];
let shownStep = null;
let shown = stages;

/** Shows an upload, `share` of 1 of which is done. */
export function showUpload(share) {
  shown = [sending, ...stages];
  draw(sending, '', Math.round(share * 100));
}

/** Shows an answer about a dub that is waiting or being worked on. */
export function showRunning(answer) {
  const stage = stages[Number(answer.progress?.at(-1)) - 1] ?? ['', 'Finishing'];
  const waits = !answer.step && !answer.waiting_message;
  const parts = [
    answer.waiting_message ?? null,
    answer.segments_total ? `${answer.segments_done ?? 0} of ${answer.segments_total} segments` : null,
    answer.eta_seconds > 0 ? `about ${lasting(answer.eta_seconds)} left` : null,
  ];
  draw(waits ? [stage[0], 'Waiting for a worker'] : stage, parts.filter(Boolean).join(' · '), answer.percent ?? 0);
}

/** Shows the panel, or hides it. */
export function showBusy(visible = true) {
  show(byId('busy'), visible);
  if (visible) return;
  shownStep = null;
  shown = stages;
}

function draw([name, step], detail, percent) {
  showBusy();
  if (step !== shownStep) announce(`${step} …`);
  shownStep = step;
  const now = name ? shown.findIndex(stage => stage[0] === name) : shown.length;
  byId('step').textContent = step;
  byId('detail').textContent = detail;
  byId('percent').textContent = `${percent} %`;
  byId('bar').value = percent;
  byId('stages').replaceChildren(...shown.map(([stage], i) => h('li', {
    class: i < now ? 'past' : i === now ? 'now' : 'next',
    'aria-current': i === now ? 'step' : undefined,
  }, stage, i < now && h('span', { class: 'visually-hidden' }, ' (done)'))));
}
