// Where this page may play media from: what its own Content-Security-Policy says.

let origins;

/** Whether the page may play what lies at an address. */
export async function mayPlay(address) {
  if (!URL.canParse(address)) return false;
  origins ??= fetch(document.baseURI.split('#')[0], { method: 'HEAD' }).then(read, () => []);
  const { origin } = new URL(address);
  return origin === location.origin || (await origins).includes(origin);
}

function read(response) {
  const media = (response.headers.get('Content-Security-Policy') ?? '').split(';').map(part => part.trim().split(/\s+/)).find(([name]) => name === 'media-src') ?? [];
  return media.filter(source => URL.canParse(source)).map(source => new URL(source).origin);
}
