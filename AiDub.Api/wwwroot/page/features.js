// What this service can do beyond the two fixed endpoints, as its own OpenAPI document says.

import { call } from './api.js';

const routes = {
  dub: ['/ai_dub/{request_id}', 'get'],
  remove: ['/ai_dub/{request_id}', 'delete'],
  retry: ['/ai_dub/{request_id}/retry', 'post'],
  events: ['/ai_dub/{request_id}/events', 'get'],
  segments: ['/ai_dub/{request_id}/segments', 'get'],
  render: ['/ai_dub/{request_id}/render', 'post'],
  exports: ['/ai_dub/{request_id}/translation.vtt', 'get'],
};

const plain = path => path.replace(/\{[^}]*\}/g, '{}').toLowerCase();

let known;

/** The names above that there are, and `subtitles`; when the document cannot be read, all but `subtitles` are tried. */
export function features() {
  known ??= call('swagger/v1/swagger.json').then(read, () => ({ ...Object.fromEntries(Object.keys(routes).map(name => [name, true])), subtitles: false }));
  return known;
}

function read(document) {
  const paths = Object.fromEntries(Object.entries(document.paths).map(([path, methods]) => [plain(path), methods]));
  const found = Object.fromEntries(Object.entries(routes).map(([name, [path, method]]) => [name, Boolean(paths[plain(path)]?.[method])]));
  return { ...found, subtitles: Boolean(document.components?.schemas?.SubmitRequest?.properties?.subtitles) };
}
