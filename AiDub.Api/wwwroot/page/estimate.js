// What a dub would take and cost, before it is begun.

import * as api from './api.js';
import { byId, h, show } from './dom.js';
import { language, lasting } from './format.js';

/**
 * Makes the button work; `asked` answers `{ fields, bring }` of the form, or null when it is not filled in. Answers what takes an estimate
 * back when another video is chosen than by typing.
 */
export function startEstimate(asked) {
  let asking = null;
  byId('estimate').addEventListener('click', async () => {
    asking?.abort();
    const form = asked();
    if (!form) return;
    const { signal } = asking = new AbortController();
    const { fields, bring } = form;
    byId('estimate').setAttribute('aria-busy', 'true');
    try {
      say('Looking at the video …');
      const source = { source_video_url: fields.source_video_url };
      await bring(source, share => say(`Sending the file: ${Math.round(share * 100)} %`), signal);
      say('Looking at the video …');
      const to = [fields.to_lang].flat().join();
      const answer = await api.estimate({ ...source, to_lang: to, from_lang: fields.from_lang, source_audio: fields.source_audio }, signal);
      say(words(answer), answer.languages);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof api.ApiError)) throw error;
      say(`It cannot be estimated: ${api.sentence(error.message)}`);
    } finally {
      if (!signal.aborted) byId('estimate').removeAttribute('aria-busy');
    }
  });
  // What is asked for is another dub now.
  const outdate = () => {
    asking?.abort();
    byId('estimate').removeAttribute('aria-busy');
    show(byId('estimate-told'), false);
  };
  byId('order').addEventListener('input', outdate);
  return outdate;
}

const price = ({ amount, currency }) => `${amount.toFixed(2)} ${currency}`;

function words({ duration_seconds: lasts, speech_seconds: speech, expected_seconds: takes, queue_seconds: waits, cost, languages }) {
  const work = languages ? `At most ${lasting(takes)} of work in all` : `About ${lasting(takes)} of work`;
  return [
    `${work}${waits >= 1 ? `, after about ${lasting(waits)} of waiting` : ''}.`,
    `${lasting(speech)} of ${lasting(lasts)} are spoken.`,
    cost ? `Costs about ${price(cost)}${languages ? ' in all' : ''}.` : 'The engines here cost nothing.',
  ].join(' ');
}

const ofLanguage = ({ to_lang: to, expected_seconds: takes, cost, engines }) =>
  `${language(to)}: about ${lasting(takes)}${cost ? `, ${price(cost)}` : ''}, spoken by ${engines.synthesizer}`;

function say(text, languages = []) {
  byId('estimate-told').replaceChildren(
    text, ...(languages.length ? [h('ul', {}, languages.map(one => h('li', {}, ofLanguage(one))))] : []));
  show(byId('estimate-told'));
}
