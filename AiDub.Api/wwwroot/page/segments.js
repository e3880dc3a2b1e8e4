// The lines of a dub: read, edited, heard, and what changed rendered again.

import * as api from './api.js';
import { isDocked } from './dock.js';
import { announce, h, show } from './dom.js';
import { askBeforeLeaving } from './drafts.js';
import { Edits } from './edits.js';
import { findReplace } from './find-replace.js';
import { clock } from './format.js';
import { Lines } from './lines.js';
import { renderBar } from './render-bar.js';
import { segmentRow } from './segment-row.js';
import { hearLine } from './voices.js';
import { VirtualList } from './virtual-list.js';

/**
 * Fills `place` with the lines of a dub, or hides it where there are none to edit. `player` plays, `rendering` is told that a new rendering
 * has begun, `stop` that it is not wanted. Answers `{ segments, reload, follow, running, close }`, or null.
 */
export async function showSegments(place, dub, { able, player, rendering, stop, signal }) {
  const id = dub.request_id;
  let state;
  try {
    state = await api.segments(id, signal);
  } catch (error) {
    if (!(error instanceof api.ApiError) && !signal.aborted) throw error;
    show(place, false);
    return null;
  }
  const edits = new Edits(id, state);
  const lines = new Lines(edits);
  let replaced = [];
  let now = null;

  const list = h('ol', { class: 'segments' });
  const follows = h('input', { type: 'checkbox', checked: true });
  const bar = findReplace({ changed: filter, replace, undo });
  const foot = renderBar({ dub, modes: able.subtitles, start, stop });
  place.replaceChildren(
    h('div', { class: 'heading' }, h('h2', { id: 'segments-title' }, 'Segments'), h('label', { class: 'check' }, follows, ' Follow what is played')),
    h('p', { class: 'muted' }, 'Change what is said, by which voice and when; only what changed is spoken again. What you type is kept. ',
      h('span', { class: 'keys' }, h('kbd', {}, 'Alt'), ' ', h('kbd', {}, '↑'), ' ', h('kbd', {}, '↓'), ' go from line to line.')),
    bar.element, list, foot.element);
  const does = {
    toLang: state.to_lang,
    voices: state.voices ?? [],
    wanted: index => edits.wanted(index),
    type(index, field, value) {
      edits.type(index, field, value);
      lines.hear(index, null);
      foot.draw(edits);
    },
    save: index => edits.save(index),
    settle: (index, mine) => edits.settle(index, mine),
    look: index => lines.look(index),
    play,
    step,
    hear: able.can('GET /ai_dub/voices/preview') ? hear : null,
  };
  const rows = new VirtualList(list, { make: index => segmentRow(index, does), estimate: matchMedia('(max-width: 640px)').matches ? 290 : 150 });
  edits.addEventListener('stored', ({ detail: index }) => {
    rows.row(index)?.update();
    const error = edits.error(index);
    if (error) announce(`Segment ${index + 1}: ${error.words}`);
    count();
    foot.draw(edits);
  });
  edits.addEventListener('refreshed', drawAll);
  const stopAsking = askBeforeLeaving(() => edits.unsaved > 0);
  show(place);
  filter();
  edits.saveAll();

  return {
    get segments() { return edits.segments; },
    async reload(next) {
      edits.take(await api.segments(id));
      foot.take(next);
      drawAll();
      await edits.saveAll();
    },
    follow,
    running: foot.running,
    close() {
      stopAsking();
      rows.close();
    },
  };

  function drawAll() {
    lines.renew();
    for (const index of lines.indices) rows.row(index)?.update();
    filter();
  }

  function filter() {
    rows.show(lines.shown(bar.kind, bar.pattern));
    count();
    foot.draw(edits);
  }

  function count() {
    bar.count(lines.tally(), lines.matches(bar.pattern).length);
  }

  function replace(pattern, by) {
    replaced = [];
    for (const index of lines.matches(pattern)) {
      const before = edits.wanted(index).translation;
      const after = before.replace(pattern, () => by);
      if (after === before || !after.trim()) continue;
      replaced.push({ index, before });
      rewrite(index, after);
    }
    foot.say(`Replaced in ${replaced.length} line${replaced.length === 1 ? '' : 's'}.`);
    return replaced.length;
  }

  function undo() {
    for (const { index, before } of replaced) rewrite(index, before);
    foot.say(`Taken back in ${replaced.length} line${replaced.length === 1 ? '' : 's'}.`);
    const count = replaced.length;
    replaced = [];
    return count;
  }

  function rewrite(index, text) {
    does.type(index, 'translation', text);
    rows.row(index)?.update();
    edits.save(index);
  }

  function play(index) {
    const { dub_start: start, dub_end: end, start: from, end: to } = edits.stored(index);
    player().playSpan(start ?? from, end ?? to);
  }

  function step(index, by) {
    const shown = lines.shown(bar.kind, bar.pattern);
    const next = shown[shown.indexOf(index) + by];
    if (next !== undefined) rows.reveal(next)?.querySelector('textarea').focus({ preventScroll: true });
  }

  async function hear(index, button) {
    const { translation, voice } = edits.wanted(index);
    const text = translation.slice(0, able.preview_characters);
    try {
      const seconds = await hearLine({ to_lang: edits.state.to_lang, voice, text }, button);
      if (seconds === undefined) return;
      lines.hear(index, text === translation ? seconds : null);
      rows.row(index)?.update();
    } catch (error) {
      foot.say(`It cannot be heard: ${api.sentence(error.message)}`);
    }
  }

  function follow(seconds, playing) {
    const next = lines.at(seconds);
    if (next === now) return;
    rows.row(now)?.removeAttribute('aria-current');
    now = next;
    // Not away from the large player, nor from what is being typed.
    const mayScroll = isDocked() && !list.contains(document.activeElement?.closest('textarea, input'));
    if (playing && follows.checked && now !== null && mayScroll) rows.reveal(now);
    rows.row(now)?.setAttribute('aria-current', 'true');
  }

  async function start(subtitles) {
    await edits.saveAll();
    const wrong = edits.segments.find(({ index }) => edits.error(index) || edits.conflict(index));
    if (wrong) {
      foot.say(`The line at ${clock(wrong.start)} is not saved yet; see what it says.`);
      rows.reveal(wrong.index)?.querySelector('textarea').focus();
      return;
    }
    try {
      await api.render(id, { revision: edits.state.revision, subtitles });
    } catch (error) {
      if (error.code === 'revision_stale') {
        edits.take(await api.segments(id));
        drawAll();
        return foot.say('Somebody else changed lines meanwhile; look at them and render again.');
      }
      // What was sent twice because the first answer was lost runs already.
      if (error.code !== 'dub_running') return foot.say(`Not rendered: ${api.sentence(error.message)}`);
    }
    rendering();
  }
}
