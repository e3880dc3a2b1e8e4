// The segments of a dub: read, edit, and have what changed spoken again.

import * as api from './api.js';
import { announce, h, show } from './dom.js';
import { clock } from './format.js';
import { segmentRow } from './segment-row.js';

/**
 * Fills `place` with the segments of a dub, or hides it where there are none to edit. `seek` is told seconds; `rendering` that a new
 * rendering has begun. Answers the segments, for the report.
 */
export async function showSegments(place, id, { seek, rendering }) {
  let state;
  try {
    state = await api.segments(id);
  } catch {
    show(place, false);
    return [];
  }
  const note = h('p', { class: 'hint', role: 'status' });
  const render = h('button', { type: 'button', class: 'primary', onclick: start });
  const list = h('ol', { class: 'segments' });
  place.replaceChildren(
    h('div', { class: 'heading' }, h('h2', { id: 'segments-title' }, 'Segments'), render),
    h('p', { class: 'muted' }, 'Change what is said, by which voice and when; only what changed is spoken again.'),
    note, list);
  draw();
  show(place);
  return state.segments;

  function draw() {
    list.replaceChildren(...state.segments.map(segment => segmentRow(segment, state, { seek, save })));
    drawRender();
  }

  function redraw() {
    const focused = document.activeElement?.getAttribute('aria-label');
    draw();
    if (focused) list.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }

  function drawRender() {
    const changed = state.segments.filter(segment => segment.changed).length;
    const stale = state.revision !== state.rendered_revision;
    render.disabled = !stale;
    render.textContent = changed ? `Render ${changed} change${changed === 1 ? '' : 's'}` : stale ? 'Render' : 'Nothing to render';
  }

  function at(index) { return state.segments.findIndex(segment => segment.index === index); }

  // Answers the segment as it is stored then. What somebody else has written meanwhile is shown, never overwritten.
  async function save(index, edit) {
    const seen = state.segments[at(index)];
    try {
      const answer = await api.editSegment(id, index, { revision: state.revision, ...edit });
      state.revision = answer.revision;
      state.segments[at(index)] = answer.segment;
      say(`Segment at ${clock(answer.segment.start)} saved.`);
      drawRender();
      return answer.segment;
    } catch (error) {
      if (error.code !== 'revision_stale') {
        say(`Not saved: ${error.message} (${error.code})`);
        throw error;
      }
      state = await api.segments(id);
      const untouched = Object.keys(edit).every(key => state.segments[at(index)]?.[key] === seen[key]);
      const saved = untouched ? await save(index, edit) : null;
      redraw();
      if (saved) return saved;
      say('Somebody else changed this segment meanwhile: here is what it is now. Your change was not saved.');
      throw error;
    }
  }

  async function start() {
    render.disabled = true;
    try {
      await api.render(id, state.revision);
      rendering();
    } catch (error) {
      say(`Not rendered: ${error.message} (${error.code})`);
      drawRender();
    }
  }

  function say(text) {
    note.textContent = text;
    announce(text);
  }
}
