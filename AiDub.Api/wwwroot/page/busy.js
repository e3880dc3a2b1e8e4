// How far a dub is: stages, percent, and what it is doing now.

import { announce, byId, h, show } from './dom.js';
import { lasting } from './format.js';

const stages = [
  ['Listen', 'Fetching the video and recognising its speech'],
  ['Translate', 'Translating'],
  ['Speak', 'Speaking the translation'],
  ['Mix', 'Fitting the speech to the picture and mixing'],
];
let shownStage = null;

/** Shows an upload, `share` of 1 of which is done. */
export function showUpload(share) {
  draw(-1, 'Sending the file', '', Math.round(share * 100));
}

/** Shows an answer about a dub that is waiting or being worked on. */
export function showRunning(answer) {
  if (answer.waiting) {
    byId('detail').textContent = `${answer.waiting} Trying again …`;
    return;
  }
  const stage = Number(answer.progress?.at(-1)) - 1;
  const waits = answer.attempt === 0 && !answer.percent;
  const parts = [
    answer.segments_total ? `${answer.segments_done ?? 0} of ${answer.segments_total} segments` : null,
    answer.eta_seconds > 0 ? `about ${lasting(answer.eta_seconds)} left` : null,
    answer.attempt > 1 ? `attempt ${answer.attempt}` : null,
  ];
  draw(stage, waits ? 'Waiting for a worker' : stages[stage]?.[1] ?? 'Finishing', parts.filter(Boolean).join(' · '), answer.percent ?? 0);
}

/** Shows the panel, or hides it. */
export function showBusy(shown = true) {
  show(byId('busy'), shown);
  if (!shown) shownStage = null;
}

function draw(stage, step, detail, percent) {
  showBusy();
  if (step !== shownStage) {
    announce(`${step} …`);
    shownStage = step;
  }
  byId('step').textContent = step;
  byId('detail').textContent = detail;
  byId('percent').textContent = `${percent} %`;
  byId('bar').value = percent;
  byId('stages').replaceChildren(...stages.map(([name], i) => h('li', {
    class: i < stage ? 'past' : i === stage ? 'now' : 'next',
    'aria-current': i === stage ? 'step' : undefined,
  }, name, i < stage && h('span', { class: 'visually-hidden' }, ' (done)'))));
}
